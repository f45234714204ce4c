namespace Pyrite.Tests;

public sealed class AnomalyModeTests
{
    [Fact]
    public void The_first_operation_that_leaves_the_finite_numbers_is_named_with_its_call_site()
    {
        using AnomalyMode.Scope scope = AnomalyMode.Begin();
        Tensor x = Tensor.From([1f, 0]);
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => (x.Log() * 2.0).Exp());
        Assert.Contains("log gave -Infinity at element 1 of shape [2]", error.Message);
        Assert.Contains(nameof(AnomalyModeTests), error.Message);
    }

    [Fact]
    public void Infinities_that_were_given_pass()
    {
        using AnomalyMode.Scope scope = AnomalyMode.Begin();
        Tensor masked = Tensor.Where(Tensor.From([true, false]), Tensor.From([1.0, 2]), double.NegativeInfinity);
        Assert.Equal([1, 0], masked.Softmax().ToArray<double>());
    }

    [Fact]
    public void A_gradient_that_leaves_the_finite_numbers_names_the_forward_operation()
    {
        using AnomalyMode.Scope scope = AnomalyMode.Begin();
        Tensor x = Tensor.From([4.0, 0]).AsVariable();
        Tensor y = Root(x);
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => Gradient.Of(y.Sum(), [x]));
        Assert.Contains("gradient of sqrt", error.Message);
        Assert.Contains(nameof(Root), error.Message);
    }

    [Fact]
    public void Outside_the_scope_nothing_is_checked()
    {
        using (AnomalyMode.Begin())
        {
            Assert.Throws<ArithmeticException>(() => Tensor.From([0.0]).Log());
        }
        Assert.Equal([double.NegativeInfinity], Tensor.From([0.0]).Log().ToArray<double>());
    }

    private static Tensor Root(Tensor x) => x.Sqrt();
}
