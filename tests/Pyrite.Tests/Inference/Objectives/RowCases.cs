using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>z_i ~ Normal(mu, 1), y_i ~ Normal(z_i, 1) in a plate of three: whole, subsampled, walked one by one, masked, scaled.</summary>
internal static class RowCases
{
    public static readonly double[] Y = [1, -0.5, 2];
    private static readonly double[] Weights = [0.5, 2, 1.25];
    private static readonly bool[] Counts = [true, false, true];

    public static IEnumerable<ObjectiveCase> All()
    {
        foreach (string plate in (string[])["plate", "subsampled", "sequential", "sequential subsampled"])
        {
            yield return Of(plate, "", "");
            yield return Of(plate, "masked", "scaled");
        }
        yield return Of("plate", "masked", "");
        yield return Of("plate", "data masked", "");
        yield return Of("plate", "", "scaled");
        yield return Of("plate", "", "tempered");
        yield return Of("plate", "", "weighted");
        yield return Of("subsampled", "data masked", "tempered");
        yield return Of("subsampled", "masked", "weighted");
    }

    public static ObjectiveCase Of(string plate, string mask, string scale)
    {
        bool isSequential = plate.StartsWith("sequential"), isSubsampled = plate.EndsWith("subsampled");
        int present = isSubsampled ? 2 : 3;
        Tensor data = Tensor.From(Y), flags = Tensor.From(Counts), weights = Tensor.From(Weights);
        return new ObjectiveCase
        {
            Name = string.Join(", ", new[] { plate, mask, scale }.Where(part => part.Length > 0)),
            Loc = [.. Y.Select(y => (0.5 * y) + 0.2)],
            Scale = [0.8, 0.8, 0.8],
            Model = (parameters, tell) => Walk(parameters, tell, (name, rows, i) =>
            {
                Tensor z;
                using (Inside(whole: true, rows, i))
                {
                    z = Sample($"z{name}", new Normal(parameters.Mu, 1));
                }
                using (Inside(whole: true, rows, i))
                using (Inside(whole: false, rows, i))
                {
                    Sample($"y{name}", new Normal(z, 1), observed: parameters.Data(Part(data, rows, i)));
                }
            }),
            Guide = (parameters, hide) => Walk(parameters, _ => { }, (name, rows, i) =>
            {
                using (Inside(whole: true, rows, i))
                {
                    Sample($"z{name}",
                        hide(
                            rows is null
                                ? parameters.Normal(i)
                                : new Normal(rows.Subsample(parameters.Loc, axis: 2), rows.Subsample(parameters.Scale, axis: 2))));
                }
            }),
            Parts = chosen => [.. (isSubsampled ? chosen : [0, 1, 2]).Select(Exact)],
        };

        // What is around a site, beside the plates: around latents and data alike, or around data alone.
        HandlerScope Inside(bool whole, PlateAxis? rows, int i)
        {
            HandlerScope all = new BlockHandler(_ => false).Enter();
            if (mask == (whole ? "masked" : "data masked"))
            {
                (rows is null ? new MaskHandler(Counts[i]) : new MaskHandler(rows.Subsample(flags))).Enter();
            }
            if (scale == "weighted" && whole)
            {
                (rows is null ? new ScaleHandler(Weights[i]) : new ScaleHandler(rows.Subsample(weights))).Enter();
            }
            if (scale == (whole ? "scaled" : "tempered"))
            {
                new ScaleHandler(0.5).Enter();
            }
            return all;
        }

        void Walk(ObjectiveParameters parameters, Action<int[]> tell, Action<string, PlateAxis?, int> entry)
        {
            using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
            if (isSequential)
            {
                List<int> chosen = [];
                foreach (int i in SequentialPlate("rows", 3, present))
                {
                    chosen.Add(i);
                    entry($"{i}", null, i);
                }
                tell([.. chosen]);
                return;
            }
            PlateAxis rows = new("rows", 3, present, dimension: -1);
            using PlateScope open = rows.Enter();
            tell([.. open.Indices.ToArray<long>().Select(index => (int)index)]);
            entry("", rows, 0);
        }

        ExactPart Exact(int i)
        {
            double latent = mask == "masked" && !Counts[i] ? 0 : 1, seen = mask.Length > 0 && !Counts[i] ? 0 : scale == "tempered" ? 0.5 : 1;
            double outer = (isSubsampled ? 1.5 : 1) * (scale == "scaled" ? 0.5 : scale == "weighted" ? Weights[i] : 1);
            return new ExactPart(
                theta => [QuadratureRule.Normal(theta[i], theta[3 + i], 161)],
                (theta, z) =>
                    (latent * (Gaussian.LogDensity(z[0], theta[6], 1) - Gaussian.LogDensity(z[0], theta[i], theta[3 + i])))
                        + (seen * Gaussian.LogDensity(Y[i], z[0], 1)),
                outer);
        }

        static Tensor Part(Tensor whole, PlateAxis? rows, int i) => rows is null ? whole.Slice(0, i, 1) : rows.Subsample(whole);
    }
}
