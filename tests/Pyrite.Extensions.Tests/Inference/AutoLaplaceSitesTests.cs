using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>An automatic guide of one law for each site works in plates, with subsamples, bounds, angles and missing data.</summary>
public sealed class AutoLaplaceSitesTests
{
    [Fact]
    public void It_holds_a_posterior_of_its_family()
    {
        AutoLaplaceSites<int> guide = new(_ => Sample("x", new Laplace(2, 1.5)));
        Svi<int> svi = Fit<int>(_ => Sample("x", new Laplace(2, 1.5)), guide, 2_000, 0.01);

        Assert.Equal(2, svi.Parameters["auto.x.loc"].Item(), 0.1);
        Assert.Equal(1.5, svi.Parameters["auto.x.scale"].Item(), 0.1);
        Assert.Equal(2, guide.Median(svi.Parameters)["x"].Item(), 0.15);
        Assert.Equal(["x"], guide.SiteNames);
    }

    /// <summary>Means of rows, of which a step sees some, and a positive spread: the loss of the guide is near that of normal laws.</summary>
    [Fact]
    public void It_learns_every_entry_of_a_subsampled_plate()
    {
        double[] rows = [.. Enumerable.Range(0, 12).Select(i => i - 5.5)];
        Tensor data = Tensor.From(rows);
        AutoLaplaceSites<Tensor> guide = new(Model);
        Svi<Tensor> svi = Fit<Tensor>(Model, guide, 3_000, 0.01, data);
        IReadOnlyDictionary<string, Tensor> medians = guide.Median(svi.Parameters);

        Assert.Equal([12], svi.Parameters["auto.mean.scale"].Shape);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(rows[i], medians["mean"][i].Item(), 0.3));
        Assert.True(guide.Draw(svi.Parameters, 200).Scalar("spread").All(spread => spread > 0));

        static void Model(Tensor data)
        {
            Tensor spread = Sample("spread", new HalfNormal(5));
            using (Plate("rows", 12, subsampleSize: 4))
            {
                Tensor mean = Sample("mean", new Normal(0, 2 + spread));
                Sample("y", new Normal(mean, 0.3), observed: Subsample(data, 0));
            }
        }
    }

    [Fact]
    public void An_angle_has_a_circular_law_and_a_vector_its_event_axes()
    {
        AutoLaplaceSites<int> guide = new(_ => Model());
        Svi<int> svi = Fit<int>(_ => Model(), guide, 500, 0.02);
        Draws draws = guide.Draw(svi.Parameters, 500, seed: 3);

        Assert.Equal([500, 3], draws["shares"].Shape);
        Assert.All(draws.Scalar("direction"), angle => Assert.InRange(angle, -Math.PI, Math.PI));
        Assert.Equal(2, svi.Parameters["auto.shares.loc"].Shape[^1]);
        Assert.Equal(Math.PI, Math.Abs(guide.Median(svi.Parameters)["direction"].Item()), 0.3);

        static void Model()
        {
            Sample("direction", new VonMises(Math.PI, 5));
            Sample("shares", new Dirichlet(Tensor.From([2.0, 3, 4])));
        }
    }

    [Fact]
    public void Laws_of_another_shape_or_of_the_line_where_an_angle_is_are_refused_by_name()
    {
        ModelException line = Assert.Throws<ModelException>(() =>
            new Svi<int>(_ => Sample("turn", new VonMises(0, 1)),
                new Always(_ => Sample("turn", new VonMises(0, 1)), 0), new Adam(0.1), new TraceElbo()).Step(0));
        ModelException shape = Assert.Throws<ModelException>(() =>
            new Svi<int>(_ => Sample("many", new Normal(Tensor.Zeros([3]), 1).ToEvent(1)),
                new Always(_ => Sample("many", new Normal(Tensor.Zeros([3]), 1).ToEvent(1)), 2), new Adam(0.1), new TraceElbo()).Step(0));

        Assert.Contains("turn", line.Message);
        Assert.Contains("circular", line.Message);
        Assert.Contains("ends in [3]", shape.Message);
        Assert.Equal(ModelError.GuideUnsuitable, shape.Kind);
    }

    private static Svi<T> Fit<T>(Action<T> model, Action<T> guide, int steps, double rate, T data = default!)
    {
        Svi<T> svi = new(model, guide, new Adam(rate), new TraceElbo(particles: 4), seed: 2);
        for (int step = 0; step < steps; step++)
        {
            svi.Step(data);
        }
        return svi;
    }

    private sealed class Always(Action<int> model, int size) : AutoSiteGuide<int>(model)
    {
        protected override Distribution Posterior(GuideSite site) =>
            new Normal(Learn(site, "loc", 0).Sum() + (size == 0 ? Tensor.Zeros([]) : Tensor.Zeros([size])), 1);
    }
}
