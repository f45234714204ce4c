using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class NeuTraTests
{
    [Fact]
    public void The_density_in_new_coordinates_is_the_old_one_times_the_volume_change()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        static void Model(Tensor x)
        {
            Tensor scale = Sample("scale", new HalfNormal(2));
            using (Plate("rows", 2))
            {
                Sample("x", new Normal(Sample("z", new Normal(0, scale)), 1), observed: x);
            }
        }

        Tensor data = Tensor.From([0.5, -1]);
        AutoMultivariateNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, data, 50);
        Tensor mean = guide.FreeMean(svi.Parameters), factor = guide.FreeScaleTril(svi.Parameters);
        Tensor noise = Tensor.From([0.3, -0.7, 1.1]);
        Trace bent =
            Trace.Of(() => new NeuTraHandler<Tensor>(guide, svi.Parameters).Wrap<Tensor>(Model)(data),
                new SubstituteHandler(("neutra_latent", noise)));
        double[] u = (mean + factor.MatMul(noise.Unsqueeze(-1)).Squeeze(-1)).ToArray<double>();

        // By hand: log p at scale = e^u0, z = (u1, u2), with the Jacobian of the exponential and the determinant of the factor.
        Trace plain = Trace.Of(() => Model(data), new SubstituteHandler(("scale", Math.Exp(u[0])), ("z", Tensor.From([u[1], u[2]]))));
        double expected = plain.LogProb().Item() + u[0] + factor.Diagonal().Log().Sum().Item();
        Assert.Equal(expected, bent.LogProb().Item(), 1e-9);
        Assert.Equal(["neutra_latent"], bent.SampleSites.Where(site => !site.IsObserved).Select(site => site.Name));
        Assert.Equal(Math.Exp(u[0]), bent["scale"].Value.Item(), 1e-9);
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void NUTS_in_the_coordinates_of_an_autoregressive_flow_samples_the_posterior()
    {
        // A funnel, centred: v ~ N(0, 1.5), x1, x2 ~ N(0, exp(v / 2)). Its marginal moments are known.
        static void Funnel(int _)
        {
            Tensor v = Sample("v", new Normal(0, 1.5));
            using PlateScope rows = Plate("rows", 2);
            Sample("x", new Normal(0, (0.5 * v).Exp()));
        }

        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoIaf<int> guide = new(Funnel);
        Svi<int> svi = GaussianChain.Fit(Funnel, guide, 0, 800, rate: 0.02, particles: 4);
        Action<int> bent = new NeuTraHandler<int>(guide, svi.Parameters).Wrap<int>(Funnel);
        McmcResult posterior = Mcmc.Run(() => bent(0), new Nuts(0.9), chains: 2, warmup: 300, draws: 1000, seed: 3);
        Summary summary = posterior.Summary();
        SummaryRow v = summary["v"];
        Assert.Equal(["neutra_latent", "v", "x"], posterior.Draws.Names.Order(StringComparer.Ordinal));
        Assert.InRange(v.Mean, -4 * v.McseMean, 4 * v.McseMean);
        Assert.InRange(v.StandardDeviation - 1.5, -4 * v.McseStandardDeviation, 4 * v.McseStandardDeviation);
        Assert.True(v.RHat < 1.01 && summary["x[0]"].RHat < 1.01);
        Assert.InRange(summary["x[0]"].Mean, -4 * summary["x[0]"].McseMean, 4 * summary["x[0]"].McseMean);

        // P(|x| < 1) is E[1 - 2 Φ(-exp(-v / 2))]; the sum is over a fine grid of v.
        double expected = 0;
        for (double at = -9; at <= 9; at += 0.05)
        {
            double inside = 1 - (2 * new Normal(0, 1).Cdf(Tensor.Full(Shape.Scalar, -Math.Exp(-at / 2), DType.Float64)).Item());
            expected += 0.05 * Math.Exp(-0.5 * at * at / 2.25) / Math.Sqrt(2 * Math.PI * 2.25) * inside;
        }
        double found = posterior.Draws.Scalar("x[1]").Average(x => Math.Abs(x) < 1 ? 1 : 0);
        Assert.Equal(expected, found, 0.04);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_fit_in_single_precision_carries_NUTS_in_double_precision()
    {
        // Eight schools, centred: what NUTS alone does not manage. The moments are those of posteriordb.
        static void Schools(int _)
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Tensor tau = Sample("tau", new HalfCauchy(5));
            using PlateScope schools = Plate("schools", 8);
            Sample("y", new Normal(Sample("theta", new Normal(mu, tau)), McmcModels.SchoolErrors), observed: McmcModels.SchoolEffects);
        }

        AutoIaf<int> guide = new(Schools);
        Svi<int> svi = GaussianChain.Fit(Schools, guide, 0, 4000, rate: 0.02, particles: 8);
        Assert.Equal(DType.Float32, svi.Parameters[svi.Parameters.Names.First()].DType);
        Action<int> bent = new NeuTraHandler<int>(guide, svi.Parameters).Wrap<int>(Schools);
        Summary summary = Mcmc.Run(() => bent(0), new Nuts(0.95), chains: 4, warmup: 300, draws: 700, seed: 5).Summary();
        SummaryRow mu = summary["mu"], tau = summary["tau"];
        Assert.InRange(mu.Mean - 4.41, -4 * mu.McseMean, 4 * mu.McseMean);
        Assert.InRange(tau.Mean - 3.6, -4 * tau.McseMean, 4 * tau.McseMean);
        Assert.True(mu.RHat < 1.02 && tau.RHat < 1.02);
    }

    [Fact]
    public void Automatic_reparameterization_decentres_computed_families_and_leaves_plain_ones()
    {
        static void Model()
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Tensor tau = Sample("tau", new LogNormal(0, 1));
            using (Plate("schools", 3))
            {
                Sample("theta", new Normal(mu, tau));
            }
            Sample("rate", new Gamma(2, 1));
        }

        Trace trace = Trace.Of(Model, new SeedHandler(1), new ReparameterizeHandler(AutomaticReparameterization.WithCenteredness(0)));
        Assert.Equal(["mu", "tau_base", "theta_decentered", "rate"], trace.SampleSites.Select(site => site.Name));
        Assert.Equal(trace["mu"].Value.Item() + (trace["tau"].Value.Item() * ((SampleSite)trace["theta_decentered"]).Value[1].Item()),
            trace["theta"].Value[1].Item(), 1e-5);
        Trace learnt = Trace.Of(Model, new SeedHandler(1), new ReparameterizeHandler(AutomaticReparameterization.Choose));
        Assert.NotNull(learnt.Find("theta_centered"));
    }
}
