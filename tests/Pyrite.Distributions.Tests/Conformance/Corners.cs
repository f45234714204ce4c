
namespace Pyrite.Conformance;

/// <summary>The corners of every family: each parameter in turn at the borders of its constraint, large, tiny and infinite, and values at the ends of
/// the support and far out.</summary>
/// <remarks>A parameter that the family refuses is left out, so that the constraints alone say which borders are closed. <see cref="CornerRows"/> has
/// more of single families.</remarks>
internal static class Corners
{
    private static readonly double[] Single = [0, 1, 1e-12, 1e-6, 30, 1e3, 1e6, 1e12, -1e4];
    private const double FarthestValue = 1e100;

    private static readonly double[] Scales = [5, 30, 1000];
    private static readonly double[] Counts = [0, 1, 2, 12, 1000, 1e6];

    /// <summary>The corners of a family.</summary>
    public static IEnumerable<Corner> Of(string name, Family family)
    {
        foreach (Tensor[] parameters in Members(family))
        {
            Distribution? member = MadeOrNull(family, parameters);
            if (member is null)
            {
                continue;
            }
            foreach (Tensor value in Values(family, member))
            {
                yield return new Corner(name, parameters, value, family.MakeFrom);
            }
        }
        foreach (Corner row in CornerRows.Of(name, family))
        {
            yield return row;
        }
    }

    private static Distribution? MadeOrNull(Family family, Tensor[] parameters)
    {
        try
        {
            return family.MakeFrom(parameters, true);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<Tensor[]> Members(Family family)
    {
        yield return family.Parameters;
        for (int i = 0; i < family.Parameters.Length; i++)
        {
            Tensor ordinary = family.Parameters[i];
            foreach (Tensor extreme in ordinary.Rank == 0 ? Single.Select(x => Tensor.Full(Shape.Scalar, x, DType.Float64)) : Arrays(ordinary))
            {
                Tensor[] parameters = [.. family.Parameters];
                parameters[i] = extreme;
                yield return parameters;
            }
        }
    }

    /// <summary>An array as a whole tiny or large, with one entry of nothing, with all in one entry, and with one entry far from the
    /// others.</summary>
    private static IEnumerable<Tensor> Arrays(Tensor ordinary)
    {
        foreach (double factor in new[] { 1e-12, 1e-6, 1e3, 1e6 })
        {
            yield return factor * ordinary;
        }
        double[] entries = ordinary.ToArray<double>();
        foreach (double x in new[] { 0, 1e-12, 1e4, -1e4 })
        {
            double[] changed = [.. entries];
            changed[0] = x;
            yield return Tensor.From<double>(changed, ordinary.Shape);
        }
        double[] alone = new double[entries.Length];
        alone[^1] = 1;
        yield return Tensor.From<double>(alone, ordinary.Shape);
    }

    private static IEnumerable<Tensor> Values(Family family, Distribution member)
    {
        if (member.EventShape.Rank > 0 || member.BatchShape.Rank > 0)
        {
            return ArrayValues(family, member);
        }
        List<double> values = member.IsDiscrete ? [.. Counts] : [];
        foreach (double end in new[] { member.Support.LowerEnd?.Item() ?? 0, member.Support.UpperEnd?.Item() ?? 0 })
        {
            values.AddRange(member.IsDiscrete ? [end] : [end, end + Beside(end), end - Beside(end)]);
        }
        if (!member.IsDiscrete)
        {
            foreach (Distribution shape in new[] { family.Make(), member }.Where(shape => shape.HasDistributionFunction))
            {
                double middle = shape.InverseCdf(Tensor.From([0.5])).Item();
                double scale = shape.InverseCdf(Tensor.From([0.75])).Item() - shape.InverseCdf(Tensor.From([0.25])).Item();
                values.AddRange(
                    Scales.SelectMany(distance => new[] { middle + (distance * scale), middle - (distance * scale) }).Append(middle + (0.3 * scale)));
            }
        }
        return values.Where(x => Math.Abs(x) < FarthestValue).Distinct().Select(x => Tensor.Full(Shape.Scalar, x, DType.Float64))
            .Where(x => member.Support.Check(x).All());
    }

    private static double Beside(double end) => 1e-9 * Math.Max(1, Math.Abs(end));

    /// <summary>A draw of the ordinary member, and what of its kind lies at the border of the support.</summary>
    private static IEnumerable<Tensor> ArrayValues(Family family, Distribution member)
    {
        Distribution ordinary = family.Make();
        if (member is ImproperUniform)
        {
            return [Tensor.From([0.5, 1e6])];
        }
        Tensor draw = ordinary.Sample(RandomKey.FromSeed(8)).Detach();
        Tensor[] candidates = [draw, 30 * draw, 1000 * draw, 1e-6 * draw, Tensor.Zeros(draw.Shape, DType.Float64)];
        if (draw.Rank == 1 && draw.Count > 1)
        {
            double total = draw.ToArray<double>().Sum();
            double[] one = new double[draw.Count];
            one[0] = total;
            double[] some = draw.ToArray<double>();
            (some[0], some[^1]) = (0, some[0] + some[^1]);
            double[] little = draw.ToArray<double>();
            (little[0], little[^1]) = (1e-30, little[0] + little[^1]);
            candidates = [.. candidates, Tensor.From(one), Tensor.From(some), Tensor.From(little)];
        }
        return candidates.Where(x => member.Support.Check(x).All());
    }
}
