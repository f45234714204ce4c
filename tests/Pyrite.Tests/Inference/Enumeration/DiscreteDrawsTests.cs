using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Posteriors of discrete sites over many draws: recorded sums against a run of the model for each draw.</summary>
[Trait("Once", "Cultures")]
public sealed class DiscreteDrawsTests
{
    private const int Count = 60;

    private static readonly Tensor Data = (Tensor.Range(12).To(DType.Float64) * 1.3).Sin() * 2;

    // Fields that the first step of a model would make belong to that step.
    static DiscreteDrawsTests()
    {
    }

    [Theory, InlineData("mixture", true), InlineData("chain", true), InlineData("loop", true), InlineData("masked", true),
        InlineData("weighted", true), InlineData("reads", false), InlineData("sequential", false)]
    public void Recorded_sums_give_what_runs_give(string name, bool isRecorded)
    {
        int runs = 0;
        Draws posterior = new(2, Count / 2,
        [
            new DrawsVariable("loc", [3], RandomKey.FromSeed(1).Normal([3 * Count], DType.Float64).ToArray<double>()),
            new DrawsVariable("logits", [3], RandomKey.FromSeed(2).Normal([3 * Count], DType.Float64).ToArray<double>()),
        ]);
        DiscreteDraws discrete = Discrete.Infer(() =>
        {
            runs++;
            Model(name);
        }, posterior);

        DiscreteSite[] found = [.. Names(name).Select(site => discrete[site])];
        IReadOnlyDictionary<string, Tensor> draws = discrete.Draw(seed: 5);
        Assert.True(isRecorded == (runs < Count / 2), $"the model ran {runs} times");

        RandomKey key = RandomKey.FromSeed(5).Child("discrete draws");
        for (int i = 0; i < found.Length; i++)
        {
            Tensor sum = 0.0;
            for (int draw = 0; draw < Count; draw++)
            {
                Discrete one = discrete.At(draw / (Count / 2), draw % (Count / 2));
                sum += one[found[i].Name].Marginals;
                Assert.Equal(one.Draw(key.Child(draw / (Count / 2)).Child(draw % (Count / 2)))[found[i].Name].To(DType.Float64).ToArray<double>(),
                    draws[found[i].Name][draw / (Count / 2), draw % (Count / 2)].To(DType.Float64).ToArray<double>());
            }
            Close.Assert(found[i].Marginals.ToArray<double>(), (sum / Count).ToArray<double>(), 0, 1e-12, $"{name} {found[i].Name}");
            Assert.Equal(sum.Shape, found[i].Marginals.Shape);
        }
    }

    [Fact]
    public void Marginals_below_a_weight_sum_to_one()
    {
        Dictionary<string, Tensor> at = new() { ["loc"] = Tensor.From([-1.0, 0.0, 1.5]), ["logits"] = Tensor.From([0.3, -0.2, 0.1]) };
        double[] plain = Discrete.Infer(() => Model("mixture"), at)["z"].Marginals.ToArray<double>();
        double[] weighted = Discrete.Infer(() => Model("weighted"), at)["z"].Marginals.ToArray<double>();

        Close.Assert(weighted, plain, 0, 1e-12, "marginals");
    }

    [Fact]
    public void Impossible_data_of_one_draw_are_told()
    {
        // Draw 3 leaves the data no probability.
        Draws posterior = new(6, [new DrawsVariable("p", Shape.Scalar, [0.3, 0.4, 0.5, 0.0, 0.2, 0.7])]);
        DiscreteDraws discrete = Discrete.Infer(() =>
        {
            Tensor z = Sample("z", new Bernoulli(Sample("p", new Beta(1, 1))));
            Sample("y", new Bernoulli(z), observed: 1.0);
        }, posterior);

        ModelException refusal = Assert.Throws<ModelException>(() => discrete["z"]);
        Assert.Equal(ModelError.ImpossibleData, refusal.Kind);
        Assert.Throws<ModelException>(() => discrete.Draw());
    }

    private static IEnumerable<string> Names(string name) => name == "chain" ? Enumerable.Range(0, 12).Select(t => $"z_{t}") : ["z"];

    private static void Model(string name)
    {
        Tensor loc = Sample("loc", new Normal(Tensor.Zeros(3), 1).ToEvent(1)), logits = Sample("logits", new Normal(Tensor.Zeros(3), 1).ToEvent(1));
        switch (name)
        {
            case "chain":
                Chain(loc, logits);
                break;
            case "loop":
                Scan.Over("time", Tensor.Zeros([], DType.Float64), Data, (state, now) =>
                {
                    Tensor z = Sample("z", new Categorical(logits: logits * (1 + state)));
                    Sample("y", new Normal(loc.Take(z), 1), observed: now);
                    return (z.To(DType.Float64), now);
                });
                break;
            case "masked":
                using (new MaskHandler(Data > -1).Enter())
                {
                    Rows(loc, logits);
                }
                break;
            case "weighted":
                using (new ScaleHandler(2.5).Enter())
                {
                    Rows(loc, logits);
                }
                break;
            case "reads":
                Rows(loc[0].Item() > 0 ? loc : loc * 0.5, logits);
                break;
            case "sequential":
                Tensor side = Sample("z", new Bernoulli(logits: logits[0]), options: Enumerate.Sequential);
                Sample("y", new Normal(side.Item() > 0 ? loc[0] : loc[1], 1), observed: 0.4);
                break;
            default:
                Rows(loc, logits);
                break;
        }
    }

    private static void Rows(Tensor loc, Tensor logits)
    {
        using PlateScope plate = Plate("rows", 12);
        Sample("y", new Normal(loc.Take(Sample("z", new Categorical(logits: logits))), 1), observed: Data);
    }

    private static void Chain(Tensor loc, Tensor logits)
    {
        Tensor table = logits.Unsqueeze(1) * Tensor.From([0.5, -1.0, 0.2]);
        Tensor? z = null;
        for (int t = 0; t < 12; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: z is null ? logits : table.Take(z)));
            Sample($"y_{t}", new Normal(loc.Take(z), 1), observed: Data[t]);
        }
    }
}
