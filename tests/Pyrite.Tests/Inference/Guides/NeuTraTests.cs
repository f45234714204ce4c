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
        Trace bent = Trace.Of(() => new NeuTraHandler<Tensor>(guide, svi.Parameters).Wrap<Tensor>(Model)(data), new SubstituteHandler(("neutra_latent", noise)));
        double[] u = (mean + factor.MatMul(noise.Unsqueeze(-1)).Squeeze(-1)).ToArray<double>();

        // By hand: log p at scale = e^u0, z = (u1, u2), with the Jacobian of the exponential and the determinant of the factor.
        Trace plain = Trace.Of(() => Model(data), new SubstituteHandler(("scale", Math.Exp(u[0])), ("z", Tensor.From([u[1], u[2]]))));
        double expected = plain.LogProb().Item() + u[0] + factor.Diagonal().Log().Sum().Item();
        Assert.Equal(expected, bent.LogProb().Item(), 1e-9);
        Assert.Equal(["neutra_latent"], bent.SampleSites.Where(site => !site.IsObserved).Select(site => site.Name));
        Assert.Equal(Math.Exp(u[0]), bent["scale"].Value.Item(), 1e-9);
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
        Assert.Equal(trace["mu"].Value.Item() + (trace["tau"].Value.Item() * ((SampleSite)trace["theta_decentered"]).Value[1].Item()), trace["theta"].Value[1].Item(), 1e-5);
        Trace learnt = Trace.Of(Model, new SeedHandler(1), new ReparameterizeHandler(AutomaticReparameterization.Choose));
        Assert.NotNull(learnt.Find("theta_centered"));
    }
}
