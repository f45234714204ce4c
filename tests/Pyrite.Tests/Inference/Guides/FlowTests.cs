using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class FlowTests
{
    public static TheoryData<string> Names =>
        ["affine autoregressive", "affine coupling", "spline", "spline coupling", "reverse", "element-wise", "sequence"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flow_goes_back_and_knows_its_volume_change(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Flow flow = Make(name, 3);
        Disturb(flow);
        Tensor x = RandomKey.FromSeed(5).Normal([4, 3]);
        (Tensor y, Tensor change) = flow.Forward(x);
        Tensor back = flow.Inverse(y);
        double[] changes = change.BroadcastTo([4]).ToArray<double>();
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(0, (back[row] - x[row]).Abs().Max().Item(), 1e-9);
            Tensor jacobian = Gradient.Jacobian(v => flow.Forward(v).Y, x[row].Detach());
            Assert.Equal(jacobian.Determinant().Abs().Log().Item(), changes[row], 1e-9);
        }
    }

    [Theory, InlineData("affine autoregressive"), InlineData("affine coupling"), InlineData("spline"), InlineData("spline coupling")]
    public void A_new_flow_is_nearly_the_identity(string name)
    {
        Tensor x = RandomKey.FromSeed(6).Normal([100, 4]);
        Assert.Equal(0, (Make(name, 4).Forward(x).Y - x).Abs().Max().Item(), 0.3);
    }

    [Fact]
    public void A_coordinate_depends_on_earlier_ones_only()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Flow flow = new AffineAutoregressiveFlow(4, [7, 9]);
        Disturb(flow);
        double[] jacobian = Gradient.Jacobian(x => flow.Forward(x).Y, Tensor.From([0.3, -0.2, 0.5, 0.1])).ToArray<double>();
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(j <= i, jacobian[(4 * i) + j] != 0);
            }
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Flows_fit_a_banana_better_than_a_Normal()
    {
        static void Banana(int data)
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("y", new Normal(x.Square(), 0.3));
        }

        // The model is normalized, so the best loss is 0; the best Normal stays far above it.
        double Loss(AutoGuide<int> guide) => GaussianChain.Loss(GaussianChain.Fit(Banana, guide, 0, 1500, rate: 0.03, particles: 4), 0, 1000);
        double normal = Loss(new AutoMultivariateNormal<int>(Banana));
        double iaf = Loss(new AutoIaf<int>(Banana, layers: 2, hidden: [20], start: GuideStart.Median(), initialScale: 1));
        double spline =
            Loss(
                new AutoNormalizingFlow<int>(Banana,
                    size => new FlowSequence(new SplineCouplingFlow(size), new ReverseFlow(size), new SplineCouplingFlow(size), new SplineFlow(size)),
                    start: GuideStart.Median(), initialScale: 1));
        Assert.True(normal > 0.4 && iaf < 0.5 * normal && spline < 0.5 * normal, $"losses: Normal {normal}, IAF {iaf}, spline {spline}");
        Assert.All([iaf, spline], loss => Assert.True(loss > -0.1));
    }

    [Fact]
    public void A_flow_of_the_wrong_size_is_refused()
    {
        AutoNormalizingFlow<Tensor> guide = new(GaussianChain.Model, _ => new SplineFlow(2));
        Assert.Contains("flow of 3 numbers", Assert.Throws<ModelException>(() => guide.Run(1.0)).Message);
    }

    private static Flow Make(string name, int size) => name switch
    {
        "affine autoregressive" => new AffineAutoregressiveFlow(size),
        "affine coupling" => new AffineCouplingFlow(size),
        "spline" => new SplineFlow(size),
        "spline coupling" => new SplineCouplingFlow(size),
        "reverse" => new ReverseFlow(size),
        "element-wise" => new ElementwiseAffineFlow(Tensor.Full([size], 0.5), 2),
        _ => new FlowSequence(new AffineAutoregressiveFlow(size), new ReverseFlow(size), new SplineCouplingFlow(size)),
    };

    /// <summary>Moves the parameters away from where flows are nearly the identity.</summary>
    private static void Disturb(Flow flow)
    {
        int number = 0;
        foreach (Parameter parameter in flow.Parameters)
        {
            parameter.Assign(parameter.Value.Detach() + (0.4 * RandomKey.FromSeed(9).Child(number++).Normal(parameter.Shape)));
        }
    }
}
