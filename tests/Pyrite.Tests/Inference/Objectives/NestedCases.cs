using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Latents outside of plates, in nested plates and in several plates.</summary>
internal static class NestedCases
{
    private const int Fine = 161;
    private const int Coarse = 25;

    private static readonly double[] Y = [1, -0.5, 2];
    private static readonly Tensor Data = Tensor.From(Y);

    // Two outer entries with two inner ones each.
    private static readonly double[,] Table = { { 1, -0.5 }, { 2, 0.25 } };

    public static IEnumerable<ObjectiveCase> All() =>
        [Nested(isSubsampled: false), Nested(isSubsampled: true), InnerSubsampled(), NestedLatents(), Global(isSubsampled: false),
            Global(isSubsampled: true), GlobalAndLocal(), TwoPlates()];

    /// <summary>z_j in the outer plate, two data each in the inner one.</summary>
    private static ObjectiveCase Nested(bool isSubsampled)
    {
        PlateAxis outer = new("outer", 2, isSubsampled ? 1 : 2, dimension: -2), inner = new("inner", 2, dimension: -1);
        Tensor data = Tensor.From(Table);
        return new ObjectiveCase
        {
            Name = isSubsampled ? "nested, outer subsampled" : "nested",
            Loc = [0.6, 0.9],
            Scale = [0.6, 0.7],
            Model = (parameters, tell) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                tell([.. rows.Indices.ToArray<long>().Select(index => (int)index)]);
                Tensor z = Sample("z", new Normal(parameters.Mu, 1));
                using PlateScope columns = inner.Enter();
                Sample("y", new Normal(z, 1), observed: parameters.Data(rows.Subsample(data)));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                Sample("z",
                    hide(
                        new Normal(rows.Subsample(parameters.Loc.Transpose(-1, -2), axis: 1),
                            rows.Subsample(parameters.Scale.Transpose(-1, -2), axis: 1))));
            },
            Parts = chosen => [.. (isSubsampled ? chosen : [0, 1]).Select(j => new ExactPart(
                theta => [QuadratureRule.Normal(theta[j], theta[2 + j], Fine)],
                (theta, z) =>
                    Gaussian.LogDensity(z[0], theta[4], 1) - Gaussian.LogDensity(z[0], theta[j], theta[2 + j])
                        + Gaussian.LogDensity(Table[j, 0], z[0], 1) + Gaussian.LogDensity(Table[j, 1], z[0], 1),
                isSubsampled ? 2 : 1))],
        };
    }

    /// <summary>The data of an outer entry are a subsample: no logarithm may stand around them.</summary>
    private static ObjectiveCase InnerSubsampled()
    {
        PlateAxis outer = new("outer", 2, dimension: -2), inner = new("inner", 2, 1, dimension: -1);
        Tensor data = Tensor.From(Table);
        return new ObjectiveCase
        {
            Name = "nested, inner subsampled",
            Loc = [0.6, 0.9],
            Scale = [0.6, 0.7],
            Model = (parameters, tell) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                Tensor z = Sample("z", new Normal(parameters.Mu, 1));
                using PlateScope columns = inner.Enter();
                tell([.. columns.Indices.ToArray<long>().Select(index => (int)index)]);
                Sample("y", new Normal(z, 1), observed: parameters.Data(columns.Subsample(data, axis: 1)));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                Sample("z", hide(new Normal(parameters.Loc.Transpose(-1, -2), parameters.Scale.Transpose(-1, -2))));
            },
            Parts = chosen => [.. Enumerable.Range(0, 2).Select(j => new ExactPart(
                theta => [QuadratureRule.Normal(theta[j], theta[2 + j], Fine)],
                (theta, z) =>
                    Gaussian.LogDensity(z[0], theta[4], 1) - Gaussian.LogDensity(z[0], theta[j], theta[2 + j])
                        + (2 * Gaussian.LogDensity(Table[j, chosen[0]], z[0], 1)),
                isAveraged: true))],
        };
    }

    /// <summary>u_j in the outer plate, z_jk ~ N(u_j, 1) in the inner one.</summary>
    private static ObjectiveCase NestedLatents()
    {
        PlateAxis outer = new("outer", 2, dimension: -2), inner = new("inner", 2, dimension: -1);
        Tensor data = Tensor.From(Table);
        return new ObjectiveCase
        {
            Name = "nested latents",
            IsLarge = true,
            Loc = [0.4, 0.7, 0.7, -0.1, 1.3, 0.4],
            Scale = [0.7, 0.8, 0.6, 0.7, 0.6, 0.8],
            Model = (parameters, _) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                Tensor u = Sample("u", new Normal(parameters.Mu, 1));
                using PlateScope columns = inner.Enter();
                Sample("y", new Normal(Sample("z", new Normal(u, 1)), 1), observed: parameters.Data(data));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope rows = outer.Enter();
                Sample("u", hide(new Normal(Outer(parameters.Loc), Outer(parameters.Scale))));
                using PlateScope columns = inner.Enter();
                Sample("z", hide(new Normal(Inner(parameters.Loc), Inner(parameters.Scale))));
            },
            Parts = _ => [.. Enumerable.Range(0, 2).Select(j =>
            {
                int[] places = [j, 2 + (2 * j), 3 + (2 * j)];
                return new ExactPart(
                    theta => [.. places.Select(place => QuadratureRule.Normal(theta[place], theta[6 + place], Coarse))],
                    (theta, z) =>
                        Gaussian.LogDensity(z[0], theta[12], 1)
                            + Enumerable.Range(1, 2).Sum(k => Gaussian.LogDensity(z[k], z[0], 1) + Gaussian.LogDensity(Table[j, k - 1], z[k], 1))
                        - places.Select((place, axis) => Gaussian.LogDensity(z[axis], theta[place], theta[6 + place])).Sum());
            })],
        };

        static Tensor Outer(Tensor all) => all.Slice(-1, 0, 2).Transpose(-1, -2);
        static Tensor Inner(Tensor all) => all.Slice(-1, 2, 4).Reshape(all.Shape[0], 2, 2);
    }

    /// <summary>g outside of the plate, three data inside.</summary>
    private static ObjectiveCase Global(bool isSubsampled)
    {
        PlateAxis rows = new("rows", 3, isSubsampled ? 2 : 3, dimension: -1);
        return new ObjectiveCase
        {
            Name = isSubsampled ? "global, subsampled" : "global",
            Loc = [0.5],
            Scale = [0.6],
            Model = (parameters, tell) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                Tensor g = Sample("g", new Normal(parameters.Mu, 1));
                using PlateScope present = rows.Enter();
                tell([.. present.Indices.ToArray<long>().Select(index => (int)index)]);
                Sample("y", new Normal(g, 1), observed: parameters.Data(present.Subsample(Data)));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                Sample("g", hide(parameters.Normal(0)));
            },
            Parts = chosen => [new ExactPart(
                theta => [QuadratureRule.Normal(theta[0], theta[1], Fine)],
                (theta, z) =>
                    Gaussian.LogDensity(z[0], theta[2], 1) - Gaussian.LogDensity(z[0], theta[0], theta[1])
                        + ((isSubsampled ? 1.5 : 1) * chosen.Sum(i => Gaussian.LogDensity(Y[i], z[0], 1))),
                isAveraged: isSubsampled)],
        };
    }

    /// <summary>g outside of the plate, z_i ~ N(g, 1) inside.</summary>
    private static ObjectiveCase GlobalAndLocal()
    {
        PlateAxis rows = new("rows", 2, dimension: -1);
        return new ObjectiveCase
        {
            Name = "global and local",
            IsLarge = true,
            Loc = [0.4, 0.7, -0.1],
            Scale = [0.7, 0.8, 0.6],
            Model = (parameters, _) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                Tensor g = Sample("g", new Normal(parameters.Mu, 1));
                using PlateScope present = rows.Enter();
                Sample("y", new Normal(Sample("z", new Normal(g, 1)), 1), observed: parameters.Data(Data.Slice(0, 0, 2)));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                Sample("g", hide(parameters.Normal(0)));
                using PlateScope present = rows.Enter();
                Sample("z", hide(parameters.Normals(1, 2)));
            },
            Parts = _ => [new ExactPart(
                theta => [.. Enumerable.Range(0, 3).Select(place => QuadratureRule.Normal(theta[place], theta[3 + place], Coarse))],
                (theta, z) =>
                    Gaussian.LogDensity(z[0], theta[6], 1)
                        + Enumerable.Range(1, 2).Sum(k => Gaussian.LogDensity(z[k], z[0], 1) + Gaussian.LogDensity(Y[k - 1], z[k], 1))
                    - z.Select((value, axis) => Gaussian.LogDensity(value, theta[axis], theta[3 + axis])).Sum())],
        };
    }

    /// <summary>Latents of two plates that know nothing of each other, and a constant outside.</summary>
    private static ObjectiveCase TwoPlates()
    {
        PlateAxis[] plates = [new("left", 2, dimension: -2), new("right", 2, 1, dimension: -1)];
        Tensor left = Tensor.From(new double[,] { { 1 }, { -0.5 } }), right = Tensor.From([2.0, 0.25]);
        return new ObjectiveCase
        {
            Name = "two plates and a constant",
            Loc = [0.7, -0.1, 1.3, 0.4],
            Scale = [0.8, 0.6, 0.7, 0.9],
            Model = (parameters, tell) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                Factor("constant", 0.7 * parameters.Mu);
                using (plates[0].Enter())
                {
                    Sample("y", new Normal(Sample("z", new Normal(parameters.Mu, 1)), 1), observed: parameters.Data(left));
                }
                using PlateScope present = plates[1].Enter();
                tell([.. present.Indices.ToArray<long>().Select(index => (int)index)]);
                Sample("x", new Normal(Sample("w", new Normal(parameters.Mu, 1)), 1), observed: parameters.Data(present.Subsample(right)));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using (plates[0].Enter())
                {
                    Sample("z",
                        hide(new Normal(parameters.Loc.Slice(-1, 0, 2).Transpose(-1, -2), parameters.Scale.Slice(-1, 0, 2).Transpose(-1, -2))));
                }
                using PlateScope present = plates[1].Enter();
                Sample("w",
                    hide(
                        new Normal(present.Subsample(parameters.Loc.Slice(-1, 2, 2), axis: 2),
                            present.Subsample(parameters.Scale.Slice(-1, 2, 2), axis: 2))));
            },
            Parts = chosen =>
            [
                new ExactPart(_ => [], (theta, _) => 0.7 * theta[8]),
                One(0, 1, 1), One(1, -0.5, 1), One(2 + chosen[0], chosen[0] == 0 ? 2 : 0.25, 2),
            ],
        };

        static ExactPart One(int place, double y, double outer) => new(
            theta => [QuadratureRule.Normal(theta[place], theta[4 + place], Fine)],
            (theta, z) =>
                Gaussian.LogDensity(z[0], theta[8], 1) - Gaussian.LogDensity(z[0], theta[place], theta[4 + place]) + Gaussian.LogDensity(y, z[0], 1),
            outer);
    }
}
