using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class DerivativesTests
{
    private static readonly Tensor Point = Tensor.From([0.3, -0.7, 1.1]);

    [Fact]
    public void Vector_and_Jacobian_products_agree_with_the_matrix()
    {
        static Tensor F(Tensor x) => Tensor.Stack([x.Sin().Sum(), (x * x.Exp()).Sum(), x.Product(), x.Square().Sum() * x.Sum()]);
        Tensor jacobian = Gradient.Jacobian(F, Point);
        Assert.Equal([4, 3], jacobian.Shape);
        Tensor direction = Tensor.From([1.0, 2, -1]);
        Tensor weights = Tensor.From([0.5, -1, 2, 0.1]);
        (Tensor value, Tensor forward) = Gradient.JacobianVectorProduct(F, Point, direction);
        Close.Assert(forward.ToArray<double>(), jacobian.MatMul(direction).ToArray<double>(), 1e-13, 1e-13, "Jacobian-vector product");
        Close.Assert(value.ToArray<double>(), F(Point).ToArray<double>(), 0, 0, "value");
        Tensor backward = Gradient.VectorJacobianProduct(F, Point, weights).Product;
        Close.Assert(backward.ToArray<double>(), weights.MatMul(jacobian).ToArray<double>(), 1e-13, 1e-13, "vector-Jacobian product");
        double[] first = [.. Point.Cos().ToArray<double>()];
        Close.Assert(jacobian[0].ToArray<double>(), first, 1e-14, 0, "first row");
    }

    [Fact]
    public void The_Hessian_is_exact_symmetric_and_agrees_with_its_products()
    {
        static Tensor F(Tensor x) => (x[0] * x[1].Square()) + (x[2].Exp() * x[0]);
        Tensor hessian = Gradient.Hessian(F, Point);
        (double a, double b, double e) = (0.3, -0.7, Math.Exp(1.1));
        Close.Assert(hessian.ToArray<double>(), [0, 2 * b, e, 2 * b, 2 * a, 0, e, 0, a * e], 1e-14, 1e-15, "Hessian");
        Tensor vector = Tensor.From([1.0, -2, 0.5]);
        Close.Assert(Gradient.HessianVectorProduct(F, Point, vector).ToArray<double>(), hessian.MatMul(vector).ToArray<double>(), 1e-14, 1e-15,
            "product");
    }

    [Fact]
    public void Shapes_of_points_and_outputs_are_kept()
    {
        Tensor point = Tensor.From(new[,] { { 1.0, 2 }, { 3, 4 } });
        Assert.Equal([2, 2, 2], Gradient.Jacobian(x => x.Sum(1), point).Shape);
        Assert.Equal([2, 2, 2, 2], Gradient.Hessian(x => x.Square().Sum(), point).Shape);
        Assert.Equal([0, 2, 2], Gradient.Jacobian(x => x.Slice(0, 0, 0).Sum(1), point).Shape);
    }

    [Fact]
    public void Functions_that_ignore_their_argument_or_are_linear_work()
    {
        Tensor constant = Tensor.From([1.0, 2]);
        Assert.Equal([0, 0], Gradient.JacobianVectorProduct(_ => constant, Point, Point).Product.ToArray<double>());
        Assert.Equal(Point.ToArray<double>(), Gradient.JacobianVectorProduct(x => x, Point, Point).Product.ToArray<double>());
        Assert.All(Gradient.Hessian(x => (2.0 * x).Sum(), Point).ToArray<double>(), value => Assert.Equal(0, value));
        Assert.Equal([0, 0, 0], Gradient.HessianVectorProduct(x => x.Sum(), Point, Point).ToArray<double>());
    }

    [Fact]
    public void Several_arguments_have_a_gradient_each()
    {
        Tensor[] gradients = Gradient.Of(x => (x[0] * x[1]).Sum(), Tensor.From([1.0, 2]), Tensor.From([3.0, 4]));
        Assert.Equal([3, 4], gradients[0].ToArray<double>());
        Assert.Equal([1, 2], gradients[1].ToArray<double>());
    }

    [Fact]
    public void Products_can_be_differentiated_again()
    {
        Tensor third =
            Gradient.Of(
                x => Gradient.JacobianVectorProduct(v => Gradient.Of(u => u.Pow(4).Sum(), v), x, Tensor.Ones([3], DType.Float64)).Product.Sum(),
                    Point);
        Close.Assert(third.ToArray<double>(), [.. Point.ToArray<double>().Select(x => 24 * x)], 1e-13, 1e-13, "third derivative");
        DerivativeCheck.First(x => Gradient.Jacobian(v => v.Sin() * v.Sum(), x[0]), Point);
    }

    [Fact]
    public void A_wrong_tangent_is_named() =>
        RearrangementTests.AssertMessage<ArgumentException>(() => Gradient.JacobianVectorProduct(x => x, Point, Tensor.Ones(2)), "[2]", "[3]");
}
