using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Handlers that reach the parameters of registered networks.</summary>
public sealed class ModuleHandlerTests
{
    private readonly Linear net = new(2, 1);
    private readonly Tensor row = Tensor.From(new[] { 1.0f, 2.0f });

    [Fact]
    public void Lifted_weights_are_draws_that_the_network_computes_with()
    {
        Tensor output = 0;
        Trace trace = Trace.Of(
            () =>
            {
                Register("net", net);
                output = net.Forward(row);
            },
            new SeedHandler(1), new LiftHandler(site => site.Name == "net.weight" ? new Normal(0, 1) : null));
        SampleSite weight = (SampleSite)trace["net.weight"];
        Assert.Equal([1, 2], weight.Distribution.EventShape);
        double[] w = weight.Value.ToArray<double>();
        Assert.Equal(w[0] + (2 * w[1]) + net.NamedParameters["bias"].Value.Item(), output.Item(), 1e-5);
        Assert.Equal(["bias"], ((ModuleSite)trace["net"]).NamedParameters.Select(p => p.Key));
    }

    [Fact]
    public void Lifted_weights_last_as_long_as_the_handler_also_when_the_model_throws()
    {
        double before = net.Forward(row).Item();
        Assert.Throws<ModelException>(() => new SubstituteHandler(Zeros()).Run(() =>
        {
            Register("net", net);
            Assert.Equal(0, net.Forward(row).Item());
            using (new SubstituteHandler(("net.bias", Tensor.Full([1], 5.0f))).Enter())
            {
                Register("net", net);
                Assert.Equal(5, net.Forward(row).Item());
            }
            Assert.Equal(0, net.Forward(row).Item());
            throw new ModelException("x", "stop.");
        }));
        Assert.Equal(before, net.Forward(row).Item());
    }

    [Fact]
    public void A_handler_that_opens_scopes_at_work_leaves_the_weights_of_others_in_place()
    {
        Trace.Of(
            () =>
            {
                Register("net", net);
                Sample("x", new Normal(0, 1));
                Assert.Equal(0, net.Forward(row).Item());
            },
            new ScopeAtWork(), new SubstituteHandler(Zeros()));
    }

    [Fact]
    public void Substituted_weights_leave_inference_only_the_others_to_learn()
    {
        Tensor weight = Tensor.From(new[] { 2.0f, -1.0f }).Reshape(1, 2);
        Action<Tensor> model = new SubstituteHandler(("net.weight", weight)).Wrap<Tensor>(y =>
        {
            Register("net", net);
            Sample("y", new Normal(net.Forward(row), 1).ToEvent(1), observed: y);
        });
        Svi<Tensor> svi = new(model, _ => { }, new Adam(0.1), new TraceElbo());
        svi.Run(Tensor.Full([1], 3.0f), 300);
        Assert.Equal(["net.bias"], svi.Parameters.Names);
        Assert.Equal(3, svi.Parameters["net.bias"].Item(), 0.05);
    }

    [Fact]
    public void A_substituted_weight_of_another_shape_is_refused()
    {
        ModelException error =
            Assert.Throws<ModelException>(() => new SubstituteHandler(("net.bias", Tensor.Zeros(3))).Run(() => Register("net", net)));
        Assert.Contains("\"net.bias\": a value of shape [3] was substituted for a parameter of shape [1]", error.Message);
    }

    [Fact]
    public void Lifted_networks_are_fitted_by_an_automatic_guide()
    {
        // y = w x with w ~ N(0, 1) and unit noise: precision 1 + sum x² = 15, mean sum x y / 15.
        Linear line = new(1, 1, bias: false);
        Tensor x = Tensor.From(new[] { 1.0f, 2.0f, 3.0f }).Reshape(3, 1), y = Tensor.From(new[] { 2.0f, 4.5f, 5.5f });
        Action<int> model = new LiftHandler(_ => new Normal(0, 1)).Wrap<int>(_ =>
        {
            Register("line", line);
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(line.Forward(x).Squeeze(-1), 1), observed: y);
            }
        });
        AutoNormal<int> guide = new(model);
        Svi<int> svi = GaussianChain.Fit(model, guide, 0, 600);
        Draws draws = svi.Predict(0, 2000);
        double[] weights = draws.Scalar("line.weight[0,0]");
        Assert.Equal(27.5 / 15, weights.Average(), 0.03);
        Assert.Equal(1 / Math.Sqrt(15), GaussianChain.Spread(weights), 0.02);
        Assert.DoesNotContain("line.weight", svi.Parameters.Names);
    }

    private static (string, Tensor)[] Zeros() => [("net.weight", Tensor.Zeros(1, 2)), ("net.bias", Tensor.Zeros(1))];

    private sealed class ScopeAtWork : Handler
    {
        protected internal override void Before(SampleSite site) => new MaskHandler(Tensor.Ones([]) > 0).Run(() => Deterministic("seen", 1.0));
    }
}
