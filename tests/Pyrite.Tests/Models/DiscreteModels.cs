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
        Refused("switches of which every two meet", ModelError.EnumerationTooCostly,
            ["a table of 1.074e+9 numbers", "30 sites meet in it", "s_0 (2 values)"], () =>
            {
                Tensor[] s = [.. Enumerable.Range(0, 30).Select(i => Sample($"s_{i}", new Bernoulli(0.5)))];
                for (int i = 0; i < 30; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        Factor($"f_{i}_{j}", 0.1 * s[i] * s[j]);
                    }
                }
            }),
        Refused("an event with too many joint values", ModelError.EnumerationTooCostly, ["\"z\"", "20 entries with 2 values", "Use a plate"],
            () => Sample("z", new Bernoulli(0.5 * Tensor.Ones(20)).ToEvent(1))),
        Refused("too many runs", ModelError.EnumerationTooCostly, ["\"z\"", "value by value", "SequentialPlate"], () =>
        {
            using (Plate("rows", 20))
            {
                Sample("z", new Bernoulli(0.5), options: Enumerate.Sequential);
            }
        }),
        Refused("rows of a sum with weights of their own", ModelError.EnumerationImpossible, ["\"z\"", "weights of their own"], () =>
        {
            using (Plate("rows", 2))
            using (new ScaleHandler(Tensor.From([1.0, 2.0])).Enter())
            {
                Sample("x", new Normal(Sample("z", new Bernoulli(0.5)), 1), observed: Tensor.Zeros(2));
            }
        }),
        Refused("a weight on a part of a sum", ModelError.EnumerationImpossible, ["\"z\"", "ScaleHandler around all"], () =>
        {
            Tensor z;
            using (new ScaleHandler(2).Enter())
            {
                z = Sample("z", new Bernoulli(0.5));
            }
            Sample("x", new Normal(z, 1), observed: 0.0);
        }),
        Refused("a step that looks back further than it promised", ModelError.BeyondHistory,
            ["\"y_3\"", "\"z_1\" of step 1", "look back 1 step at most", "history: 2"], () =>
        {
            List<Tensor> z = [];
            foreach (int t in Markov(0, 5))
            {
                z.Add(Sample($"z_{t}", new Bernoulli(t == 0 ? 0.5 : 0.2 + (0.6 * z[^1]))));
                Sample($"y_{t}", new Normal(t == 3 ? z[1] : z[^1], 1), observed: 0.3);
            }
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
    ];

    private static ModelCase Refused(string name, ModelError kind, string[] words, Action model) =>
        new(name, () => $"{Discrete.Infer(model).LogEvidence}", null, kind, words);
}
