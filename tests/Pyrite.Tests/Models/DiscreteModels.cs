using static Pyrite.Primitives;

namespace Pyrite.Tests.Models;

/// <summary>Models whose discrete sites cannot be summed out as they are written.</summary>
internal static class DiscreteModels
{
    private static readonly Tensor Ten = Tensor.Zeros(10);

    public static readonly ModelCase[] Cases =
    [
        Refused("a count without a bound", ModelError.SupportNotFinite, ["\"k\"", "Poisson has no finite list", "Truncate it"],
            () => Sample("k", new Poisson(3))),
        Refused("a support that depends on another site", ModelError.SupportNotFinite, ["\"y\"", "depends on \"n\"", "fixed number of values"],
            () => Sample("y", new Binomial(Sample("n", new Binomial(3, 0.5)), 0.5))),
        Refused("a number that is read", ModelError.EnumeratedValueRead, ["\"z\"", "reads a number", "Enumerate.Sequential"],
            () => Sample("x", new Normal(Sample("z", new Bernoulli(0.5)).Item() > 0 ? 1 : -1, 1), observed: 0.0)),
        Refused("switches that all meet", ModelError.EnumerationTooCostly, ["meet", "Let sites depend on fewer others"], () =>
        {
            Tensor sum = Enumerable.Range(0, 60).Select(i => Sample($"s_{i}", new Bernoulli(0.5))).Aggregate((a, b) => a + b);
            Sample("y", new Normal(sum, 1), observed: 30.0);
        }),
        Refused("a plate of switches that all meet", ModelError.RowsMeet, ["\"y\"", "rows of plate \"rows\" meet", "SequentialPlate"], () =>
        {
            Tensor s;
            using (Plate("rows", 60))
            {
                s = Sample("s", new Bernoulli(0.5));
            }
            Sample("y", new Normal(s.Sum(), 1), observed: 30.0);
        }),
        Refused("a row that uses its neighbour", ModelError.RowsMeet, ["\"x\"", "rows of plate \"rows\" meet"], () =>
        {
            using (Plate("rows", 40))
            {
                Tensor z = Sample("z", new Bernoulli(0.5));
                Sample("x", new Normal(z + z.Roll(1, 0), 1), observed: Tensor.Zeros(40));
            }
        }),
        Refused("a value that leaves its plate", ModelError.LeavesPlate, ["\"x\"", "\"z\" of plate \"first\"", "outside of this plate"], () =>
        {
            Tensor z;
            using (Plate("first", 10))
            {
                z = Sample("z", new Bernoulli(0.5));
            }
            using (Plate("second", 10))
            {
                Sample("x", new Normal(z, 1), observed: Ten);
            }
        }),
        Refused("data that no value allows", ModelError.ImpossibleData, ["no value of the discrete sites makes the data possible"], () =>
        {
            Tensor z = Sample("z", new Bernoulli(0.5));
            Factor("never", Tensor.Where(z > 0, double.NegativeInfinity, double.NegativeInfinity));
        }),
        Refused("factors on a part of a sum", ModelError.EnumerationImpossible, ["\"x\"", "ScaleHandler around all"], () =>
        {
            Tensor z = Sample("z", new Bernoulli(0.5));
            using (new ScaleHandler(2).Enter())
            {
                Sample("x", new Normal(z, 1), observed: 0.0);
            }
        }),
    ];

    private static ModelCase Refused(string name, ModelError kind, string[] words, Action model) =>
        new(name, () => $"{Discrete.Infer(model).LogEvidence}", null, kind, words);
}
