namespace Pyrite.Tests;

public sealed class CustomGradientTests
{
    [Fact]
    public void The_rule_replaces_the_gradient()
    {
        Tensor x = Tensor.From([0.4, 1.6]).AsVariable();
        Tensor y = CustomGradient.Apply(inputs => inputs[0].Round(), (_, _, upstream) => [upstream], x);
        Assert.Equal([0, 2], y.ToArray<double>());
        Assert.Equal([3, 3], Gradient.Of((3.0 * y).Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void Rules_written_in_operations_can_be_differentiated_again()
    {
        static Tensor Cube(Tensor x) =>
            CustomGradient.Apply(inputs => inputs[0].Pow(3), (inputs, _, upstream) => [upstream * 3.0 * inputs[0].Square()], x);
        Tensor second = Gradient.Of(x => Gradient.Of(v => Cube(v).Sum(), x).Sum(), Tensor.From([2.0]));
        Assert.Equal([12], second.ToArray<double>());
    }

    [Fact]
    public void Inputs_without_a_gradient_get_none()
    {
        Tensor x = Tensor.From([1.0]).AsVariable();
        Tensor y = Tensor.From([2.0]).AsVariable();
        Tensor product = CustomGradient.Apply(inputs => inputs[0] * inputs[1], (inputs, _, upstream) => [upstream * inputs[1], null], x, y);
        Tensor?[] gradients = Gradient.OrNull(product.Sum(), [x, y]);
        Assert.Equal([2], gradients[0]!.ToArray<double>());
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Wrong_rules_are_explained()
    {
        Tensor x = Tensor.From([1.0, 2]).AsVariable();
        Tensor few = CustomGradient.Apply(inputs => inputs[0].Exp(), (_, _, _) => [], x);
        RearrangementTests.AssertMessage<InvalidOperationException>(() => Gradient.Of(few.Sum(), [x]), "0 gradients for 1 inputs");
        Tensor shape = CustomGradient.Apply(inputs => inputs[0].Exp(), (_, _, upstream) => [upstream.Sum()], x);
        RearrangementTests.AssertMessage<InvalidOperationException>(() => Gradient.Of(shape.Sum(), [x]), "[]", "[2]");
    }
}
