using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Rows of a plate that meet each other, and weights and masks that stand where a sum has to know of them.</summary>
[Trait("Once", "Cultures")]
public sealed class MeetingRowsTests
{
    private static readonly Dictionary<string, Tensor> Nothing = [];
    private static readonly Tensor Logits = Tensor.From([0.3, -0.6, 0.2]), Rows = Tensor.From([0.1, 0.4, -1.0]);
    private static readonly Tensor Some = Tensor.From([true, false, true]);

    // Fields that the first step of a model would make belong to that step.
    static MeetingRowsTests()
    {
    }

    [Theory, InlineData("roll"), InlineData("mean"), InlineData("child"), InlineData("one row"), InlineData("permuted")]
    public void A_row_may_meet_all_rows_and_itself(string how)
    {
        void Model()
        {
            using PlateScope rows = Plate("rows", 3);
            Tensor z = Sample("z", new Categorical(logits: Logits)), value = z.To(DType.Float64);
            Tensor seen = how switch
            {
                "roll" => value - value.Roll(1, 0),
                "mean" => value - value.Mean(),
                "child" => Sample("k", new Categorical(logits: (value - value.Mean()).Unsqueeze(-1) * Logits[..2])).To(DType.Float64) - value,
                "one row" => value[1] * value,
                _ => value.Take(Tensor.From<long>([2, 0, 1])) + (2 * value),
            };
            Sample("x", new Normal(seen, 0.4), observed: Rows);
        }
        (string, Shape, int)[] sites = how == "child" ? [("z", [3], 3), ("k", [3], 2)] : [("z", [3], 3)];

        (double expected, IReadOnlyDictionary<string, double[]> marginals) = JointValues.Of(Model, Nothing, sites);
        Discrete found = Discrete.Infer(Model);

        Close.Assert(found.LogEvidence, expected, 0, 1e-12, how);
        Close.Assert(found["z"].Marginals.ToArray<double>(), marginals["z"], 1e-12, 1e-10, how);
    }

    [Fact]
    public void A_latent_site_that_another_masks_sums_to_one()
    {
        const double P = 0.3, C = 0.7;
        static double Density(double x, double loc) => Math.Exp(-0.5 * (x - loc) * (x - loc)) / Math.Sqrt(2 * Math.PI);
        Discrete found = Discrete.Infer(() =>
        {
            using PlateScope rows = Plate("rows", 3);
            Tensor z = Sample("z", new Bernoulli(P));
            using (new MaskHandler(z > 0.5).Enter())
            {
                Sample("x", new Normal(Sample("c", new Bernoulli(C)), 1), observed: Rows);
            }
            Sample("y", new Normal(z, 1), observed: Rows);
        });
        (double evidence, double mean) = (0, 0);
        foreach (double x in Rows.ToArray<double>())
        {
            double[] joint = [(1 - P) * Density(x, 0), P * Density(x, 1) * (1 - C) * Density(x, 0), P * Density(x, 1) * C * Density(x, 1)];
            evidence += Math.Log(joint.Sum());
            mean += joint.Sum(one => one / joint.Sum() * Math.Log(one));
        }

        Assert.Equal(evidence, found.LogEvidence, 1e-12);
        Assert.Equal(evidence - mean, found.Entropy, 1e-12);
    }

    [Fact]
    public void What_is_left_out_sums_to_one_however_it_is_masked_and_summed()
    {
        double[] expected = Of(false, Enumerate.Parallel);
        Close.Assert(Of(true, Enumerate.Parallel), expected, 0, 1e-12, "a masked distribution");
        Close.Assert(Of(false, Enumerate.Sequential), expected, 0, 1e-12, "one run for each value");

        // The rows have 2, 4 and 3 values; the second is left out, so that it may as well have 3, and what it decides has no data.
        Close.Assert(Counts(Tensor.From([1.0, 3, 2])), Counts(Tensor.From([1.0, 2, 2])), 0, 1e-12, "supports of their own");

        static double[] Of(bool isOfDistribution, SiteOptions options) => Numbers(Discrete.Infer(() =>
        {
            using PlateScope rows = Plate("rows", 3);
            Tensor z;
            using (new MaskHandler(isOfDistribution ? Some | !Some : Some).Enter())
            {
                Distribution prior = new Categorical(logits: Logits);
                z = Sample("z", isOfDistribution ? prior.Mask(Some) : prior, options: options);
            }
            Sample("x", new Normal(z.To(DType.Float64), 0.5), observed: Rows);
        }));
        static double[] Counts(Tensor trials) => Numbers(Discrete.Infer(() =>
        {
            using PlateScope rows = Plate("rows", 3);
            using HandlerScope some = new MaskHandler(Some).Enter();
            Sample("x", new Normal(Sample("z", new Binomial(trials, 0.4)), 0.5), observed: Rows);
        }));
        static double[] Numbers(Discrete found) => [found.LogEvidence, found.MostProbableLogJoint];
    }

    [Fact]
    public void Weights_that_have_no_place_in_a_sum_are_refused()
    {
        Tensor indices = Tensor.From<long>([1, 4, 7]);
        void Rounds(bool isChain)
        {
            List<Tensor> values = [];
            foreach (int i in SequentialPlate("rows", 10, indices: indices))
            {
                Tensor logits = isChain && values.Count > 0 ? values[^1].To(DType.Float64) * Logits : Logits;
                values.Add(Sample($"z_{i}", new Categorical(logits: logits)));
            }
            Sample("x", new Normal(values.Aggregate((a, b) => a + b).To(DType.Float64), 1), observed: 0.3);
        }
        void OneRow()
        {
            Tensor z;
            using (Plate("rows", 10, indices: indices[..1]))
            {
                z = Sample("z", new Categorical(logits: Logits));
            }
            Sample("x", new Normal(z.To(DType.Float64).Sum(), 1), observed: 0.3);
        }
        void Sequential()
        {
            using PlateScope rows = Plate("rows", 10, indices: indices);
            Sample("z", new Categorical(logits: Logits), options: Enumerate.Sequential);
        }

        Assert.Equal(ModelError.EnumerationTooCostly, KindOf(() => Rounds(isChain: false)));
        Assert.Equal(ModelError.EnumerationTooCostly, KindOf(() => Rounds(isChain: true)));
        Assert.Equal(ModelError.EnumerationTooCostly, KindOf(OneRow));
        Assert.Equal(ModelError.EnumerationImpossible, KindOf(Sequential));

        static ModelError KindOf(Action model) => Assert.Throws<ModelException>(() => Discrete.Infer(model)).Kind;
    }
}
