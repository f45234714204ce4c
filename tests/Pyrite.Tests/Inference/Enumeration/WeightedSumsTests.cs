using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Weights of handlers around parts of a sum over discrete sites.</summary>
[Trait("Once", "Cultures")]
public sealed class WeightedSumsTests
{
    private const double P = 0.3;

    private static readonly double[] Data = [0.4, 1.3, -0.2];

    private static double Score(double at, double loc) => (-0.5 * (at - loc) * (at - loc)) - (0.5 * Math.Log(2 * Math.PI));

    [Theory, InlineData("parallel", 2.5), InlineData("sequential", 2.5), InlineData("parallel", 0), InlineData("sequential", 0)]
    public void A_weight_around_the_data_alone_stands_inside_of_the_sum(string order, double weight)
    {
        // log Σ p(z) p(x | z)^weight, whichever way the values are taken.
        Discrete found = Discrete.Infer(() =>
        {
            Tensor z = Sample("z", new Bernoulli(P), options: order == "parallel" ? Enumerate.Parallel : Enumerate.Sequential);
            using (new ScaleHandler(weight).Enter())
            {
                Sample("x", new Normal(z, 1), observed: Data[0]);
            }
        });
        double one = P * Math.Exp(weight * Score(Data[0], 1)), none = (1 - P) * Math.Exp(weight * Score(Data[0], 0));

        Assert.Equal(Math.Log(one + none), found.LogEvidence, 1e-12);
        Assert.Equal(one / (one + none), found["z"].Marginals.ToArray<double>()[1], 1e-12);
    }

    [Fact]
    public void Weights_of_single_entries_stand_inside_of_the_sums_of_their_rows()
    {
        double[] weights = [2, 0, 0.5];
        Discrete found = Discrete.Infer(() =>
        {
            using (Plate("rows", 3))
            {
                Tensor z = Sample("z", new Bernoulli(P));
                using (new ScaleHandler(Tensor.From(weights)).Enter())
                {
                    Sample("x", new Normal(z, 1), observed: Tensor.From(Data));
                }
            }
        });
        double expected = Data.Zip(weights, (x, weight) =>
            Math.Log((P * Math.Exp(weight * Score(x, 1))) + ((1 - P) * Math.Exp(weight * Score(x, 0))))).Sum();

        Assert.Equal(expected, found.LogEvidence, 1e-12);
        Assert.Equal(P, found["z"].Marginals.ToArray<double>()[3], 1e-12);
    }

    [Fact]
    public void A_weight_around_all_stands_outside_and_one_around_a_part_of_the_sites_is_refused()
    {
        Discrete all = Discrete.Infer(() =>
        {
            using (new ScaleHandler(3).Enter())
            {
                Sample("x", new Normal(Sample("z", new Bernoulli(P)), 1), observed: Data[0]);
            }
        });
        double evidence = Math.Log((P * Math.Exp(Score(Data[0], 1))) + ((1 - P) * Math.Exp(Score(Data[0], 0))));
        Assert.Equal(3 * evidence, all.LogEvidence, 1e-12);

        ModelException refusal = Assert.Throws<ModelException>(() => Discrete.Infer(() =>
        {
            Tensor z;
            using (new ScaleHandler(3).Enter())
            {
                z = Sample("z", new Bernoulli(P));
            }
            Sample("x", new Normal(z, 1), observed: Data[0]);
        }));
        Assert.Equal(ModelError.EnumerationImpossible, refusal.Kind);
        Assert.Contains("or around the data alone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expectations_over_all_rows_of_a_plate_of_the_guide_are_exact()
    {
        // Three independent rows of the guide meet in one observation of their sum.
        double[] q = [0.2, 0.6, 0.7];
        Svi<int> svi = new(_ =>
        {
            Tensor z;
            using (Plate("rows", 3))
            {
                z = Sample("z", new Bernoulli(P));
            }
            Sample("x", new Normal(z.Sum(), 1), observed: Data[1]);
        }, _ =>
        {
            Tensor logits = Param("logits", Tensor.From(Array.ConvertAll(q, p => Math.Log(p / (1 - p)))));
            using (Plate("rows", 3))
            {
                Sample("z", new Bernoulli(logits: logits));
            }
        }, new Sgd(1.0), new EnumerationElbo());
        double expected = 0;
        for (int values = 0; values < 8; values++)
        {
            double chance = 1, term = 0;
            int count = 0;
            for (int row = 0; row < 3; row++)
            {
                bool isOne = ((values >> row) & 1) == 1;
                double own = isOne ? q[row] : 1 - q[row];
                chance *= own;
                term += Math.Log(own / (isOne ? P : 1 - P));
                count += isOne ? 1 : 0;
            }
            expected += chance * (term - Score(Data[1], count));
        }

        Assert.Equal(expected, svi.Evaluate(0), 1e-12);
    }
}
