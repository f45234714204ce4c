using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Rounding is told from impurity, and a finished warm-up is never thrown away.</summary>
public sealed class ReplayComparisonTests
{
    private const int Points = 60;

    [Fact]
    [Trait("Once", "Cultures")]
    public void An_ill_conditioned_covariance_passes_at_every_seed()
    {
        foreach (double jitter in (double[])[1e-8, 1e-10])
        {
            for (ulong seed = 0; seed < 8; seed++)
            {
                Potential potential = Potential.Of(() => GaussianProcess(jitter), seed);
                Assert.True(potential.IsReplayed);
                double[] point = new double[2];
                for (int i = 0; i < 6; i++)
                {
                    RandomKey.FromSeed(seed).Child(i).FillNormal(point);
                    potential.CheckAgainstModel(point);
                }
                Assert.True(potential.IsReplayed);
            }
        }
    }

    [Fact]
    public void A_run_with_an_ill_conditioned_covariance_keeps_its_program()
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            McmcResult posterior = Mcmc.Run(() => GaussianProcess(1e-8), chains: 1, warmup: 60, draws: 5, seed: seed);
            Assert.Empty(posterior.Notes);
        }
    }

    [Fact]
    public void Models_that_compute_in_Float32_pass_and_their_counters_are_found_out()
    {
        const int Rows = 5_000;
        Tensor data = RandomKey.FromSeed(1).Normal([Rows], DType.Float32);
        Tensor matrix = data[..4_998].Reshape(1_666, 3);
        Action<Tensor>[] bodies =
        [
            a => Factor("f", -(a * data).Exp().Sum()),
            a => Factor("f", (a * data).LogSumExp(0)),
            a => Factor("f", -matrix.MatMul(Tensor.Stack([a, a.Square(), 1 - a], 0)).Square().Sum()),
            a =>
            {
                using (Plate("rows", Rows))
                {
                    Sample("y", new Gamma(a, (a * data).Exp()), observed: data.Exp());
                }
            },
        ];
        foreach (Action<Tensor> body in bodies)
        {
            void Model() => body(Sample("a", new HalfNormal(1)).To(DType.Float32));
            for (ulong seed = 0; seed < 3; seed++)
            {
                Assert.True(Potential.Of(Model, seed).IsReplayed);
            }
            int calls = 0;
            Assert.Contains("pure function", Assert.Throws<ModelException>(() => Potential.Of(() =>
            {
                Model();
                Factor("count", 1e-3 * ++calls);
            })).Message);
        }
    }

    [Fact]
    public void Counters_draws_and_changing_states_are_found_out_beside_ill_conditioned_matrices()
    {
        int calls = 0;
        Assert.Contains("pure function", Assert.Throws<ModelException>(() => Potential.Of(() =>
        {
            GaussianProcess(1e-8);
            Factor("count", 1e-3 * ++calls);
        })).Message);
        ulong draws = 0;
        Assert.Contains("pure function", Assert.Throws<ModelException>(() => Potential.Of(() =>
            Sample("y", new Normal(Sample("x", new Normal(0, 1)), 1), observed: RandomKey.FromSeed(++draws).NormalNumber()))).Message);
        bool isSeen = false;
        Assert.Contains("pure function", Assert.Throws<ModelException>(() => Potential.Of(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));

            // Alike in the runs that look for sites, in the search for a start and while recording, then another function for good.
            Sample("y", new Normal(x, 1), observed: isSeen ? 1.0 : 0.0);
            isSeen |= Environment.StackTrace.Contains("TryRecord", StringComparison.Ordinal);
        })).Message);
    }

    [Fact]
    public void A_model_that_changes_during_warm_up_is_run_every_time_from_then_on_and_the_run_says_so()
    {
        double data = 1;
        Potential potential = Potential.Of(() => Sample("y", new Normal(Sample("x", new Normal(0, 1)), 1), observed: data));
        data = 3;
        McmcResult posterior = Mcmc.Run(potential, chains: 2, warmup: 200, draws: 500, seed: 1);
        string note = Assert.Single(posterior.Notes);
        Assert.Contains("After warm-up", note);
        Assert.Contains("pure function", note);
        Assert.Contains(note, posterior.Summary().Advice);

        // The posterior of the model as it is now: mean 3 / 2.
        SummaryRow row = posterior.Summary()["x"];
        Assert.InRange(row.Mean - 1.5, -5 * row.McseMean, 5 * row.McseMean);

        McmcResult half = Mcmc.Run(potential, chains: 2, warmup: 200, draws: 250, seed: 1);
        Assert.Equal(posterior["x"].ToArray<double>(), Mcmc.Resume(potential, half.State!, draws: 500)["x"].ToArray<double>());
    }

    [Fact]
    public void A_model_that_reads_a_latent_value_says_that_it_is_not_compiled()
    {
        McmcResult posterior = Mcmc.Run(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("y", new Normal(x.Item() > 0 ? 2 * x : -x, 1), observed: 1);
        }, chains: 2, warmup: 20, draws: 10);
        Assert.Contains("run anew for every gradient", Assert.Single(posterior.Notes));
    }

    private static void GaussianProcess(double jitter)
    {
        Tensor h = Sample("h", new LogNormal(0, 1)), l = Sample("l", new LogNormal(0, 1)), x = Tensor.LinearSpace(0, 6, Points, DType.Float64);
        Tensor distance = (x.Unsqueeze(-1) - x.Unsqueeze(0)).Square();
        Tensor covariance = (h.Square() * (-0.5 * distance / l.Square()).Exp()) + (jitter * Tensor.Identity(Points, DType.Float64));
        Sample("y", new MultivariateNormal(Tensor.Zeros([Points], DType.Float64), covarianceMatrix: covariance), observed: x.Sin());
    }
}
