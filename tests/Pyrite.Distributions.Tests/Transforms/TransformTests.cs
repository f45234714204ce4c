using Pyrite.Testing;


namespace Pyrite.Transforms;

/// <summary>Transforms without golden numbers: inverses, log-determinants by differences, joins and the memory of pairs.</summary>
public sealed class TransformTests
{
    private static readonly Dictionary<string, (Transform Transform, double[] X)> Vectors = new()
    {
        ["stereographic"] = (new StereographicTransform(), [0.4, -1.3]),
        ["spherical"] = (new SphericalTransform(), [0.7, 2.1, -2.5]),
        ["spherical of one angle"] = (new SphericalTransform(), [-2.5]),
        ["positive ordered"] = (new PositiveOrderedTransform(), [0.4, -1.3, 0.2]),
        ["simplex to ordered"] = (new SimplexToOrderedTransform(0.3), [0.2, 0.1, 0.4, 0.3]),
        ["zero sum"] = (new ZeroSumTransform(), [0.4, -1.3, 0.2]),
        ["concat inside the event"] =
            (new ConcatTransform([new OrderedTransform(), new IndependentTransform(new ExpTransform(), 1)], [3, 2]), [0.3, -0.2, 0.5, 1.1, -0.7]),
        ["concat of numbers"] =
            (new IndependentTransform(new ConcatTransform([new ExpTransform(), new TanhTransform()], [2, 1]), 1), [0.3, -0.2, 0.5]),
        ["stack of numbers"] = (new IndependentTransform(new StackTransform([new ExpTransform(), new SigmoidTransform()]), 1), [0.3, -0.2]),
        ["cumulative distribution"] = (new IndependentTransform(new CdfTransform(new Gamma(2.0, 1.5)), 1), [0.3, 1.7]),
        ["reshape"] = (new ReshapeTransform([4], [2, 2]), [0.3, 1.7, 2.0, -1]),
    };

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_inverse_leads_back_and_the_image_lies_in_the_codomain(string name)
    {
        (Transform transform, double[] x) = Vectors[name];
        Tensor start = Tensor.From(x);
        Tensor y = transform.Forward(start);
        Assert.Equal(y.Shape, transform.ForwardShape(start.Shape));
        Assert.Equal(start.Shape, transform.InverseShape(y.Shape));
        Assert.True(transform.Domain.Check(start).All());
        Assert.True(transform.Codomain.Check(y).All());
        Close.Assert(transform.Inverse(y).ToArray<double>(), x, 1e-12, 1e-12, name);
        Close.Assert(transform.Inverted.Inverted.Forward(start).ToArray<double>(), y.ToArray<double>(), 0, 0, name);
    }

    /// <summary>Half the log-determinant of JᵀJ, with the Jacobian by differences; of maps onto a surface this is the change of its area.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_log_determinant_is_that_of_the_jacobian(string name)
    {
        (Transform transform, double[] x) = Vectors[name];
        Tensor start = Tensor.From(x);
        Tensor jacobian = Gradient.Jacobian(p => transform.Forward(p).Reshape(-1), start);
        if (name == "zero sum")
        {
            Assert.Equal(0, (jacobian.Transpose().MatMul(jacobian).Determinant().Item() - 1), 1e-12);
        }
        if (name == "simplex to ordered")
        {
            jacobian = (jacobian - jacobian.Slice(1, 3, 1)).Slice(1, 0, 3);   // the last probability is 1 less the others
        }
        double want = 0.5 * jacobian.Transpose().MatMul(jacobian).LogDeterminant().Item();
        Assert.Equal(want, transform.LogAbsDetJacobian(start, transform.Forward(start)).Item(), 1e-9);
    }

    [Fact]
    public void A_stack_over_a_batch_axis_joins_its_log_determinants()
    {
        StackTransform stack = new([new ExpTransform(), new AffineTransform(0, 3)], -2);
        Tensor x = Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([Math.E, Math.E * Math.E, 9, 12], stack.Forward(x).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1, 2, Math.Log(3), Math.Log(3)], stack.LogAbsDetJacobian(x, stack.Forward(x)).ToArray<double>(),
            (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<ArgumentException>(() => new StackTransform([new OrderedTransform()]));
    }

    [Fact]
    public void A_cached_transform_returns_the_very_tensors_it_came_from()
    {
        Transform cached = new TanhTransform().Cached;
        Tensor x = Tensor.From([25.0]);
        Tensor y = cached.Forward(x);
        Assert.Same(x, cached.Inverse(y));
        Assert.Same(y, cached.Forward(x));
        Assert.Same(cached.LogAbsDetJacobian(x, y), cached.LogAbsDetJacobian(x, y));
        Assert.Equal(double.PositiveInfinity, cached.Inverse(Tensor.From([1.0])).Item());
    }

    [Fact]
    public void A_pair_without_history_is_not_used_where_gradients_are_wanted()
    {
        Tensor scale = Tensor.From([2.0]).AsVariable();
        Transform cached = new AffineTransform(0, scale).Cached;
        Tensor y;
        using (NoGradient.Begin())
        {
            y = cached.Forward(Tensor.From([3.0]));
        }
        Assert.Equal([-1.5], Gradient.Of(cached.Inverse(y).Sum(), [scale])[0].ToArray<double>());
    }

    [Fact]
    public void A_saturated_draw_of_a_transformed_distribution_is_scored_with_the_number_it_came_from()
    {
        TransformedDistribution squashed = new(new Normal(Tensor.From([30.0]), 1e-3), new TanhTransform());
        Assert.True(squashed.LogProb(squashed.Sample(RandomKey.FromSeed(1))).IsFinite().All());
    }
}
