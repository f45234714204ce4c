namespace Pyrite.Tests;

public sealed class ParameterSubstitutionTests
{
    [Fact]
    public void A_parameter_stands_for_another_value_inside_the_scope_alone()
    {
        Parameter weight = new(Tensor.From(new[] { 1.0, 2 }));
        using (ParameterSubstitution.Begin(new Dictionary<Parameter, Tensor> { [weight] = Tensor.From(new[] { 3.0, 4 }) }))
        {
            Assert.Equal([3.0, 4], weight.Value.ToArray<double>());
            using (ParameterSubstitution.Begin(new Dictionary<Parameter, Tensor> { [weight] = Tensor.From(new[] { 5.0, 6 }) }))
            {
                Assert.Equal([5.0, 6], weight.Value.ToArray<double>());
            }
            Assert.Equal([3.0, 4], weight.Value.ToArray<double>());
        }
        Assert.Equal([1.0, 2], weight.Value.ToArray<double>());
    }

    [Fact]
    public void Gradients_flow_to_the_value_and_not_to_the_parameter()
    {
        Parameter weight = new(Tensor.From(new[] { 1.0, 2 }));
        Tensor value = Tensor.From(new[] { 3.0, 4 }).AsVariable();
        Tensor own = weight.Value;
        using (ParameterSubstitution.Begin(new Dictionary<Parameter, Tensor> { [weight] = value }))
        {
            Tensor?[] gradients = Gradient.OrNull(weight.Value.Square().Sum(), [value, own]);
            Assert.Equal([6.0, 8], gradients[0]!.ToArray<double>());
            Assert.Null(gradients[1]);
        }
    }

    [Fact]
    public void Other_threads_see_the_parameter_itself()
    {
        Parameter weight = new(Tensor.From(new[] { 1.0 }));
        double seen = 0;
        using (ParameterSubstitution.Begin(new Dictionary<Parameter, Tensor> { [weight] = Tensor.From(new[] { 3.0 }) }))
        {
            Thread other = new(() => seen = weight.Value.Item());
            other.Start();
            other.Join();
        }
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Another_shape_is_refused() => Assert.Contains(
        "[1]",
            Assert.Throws<ArgumentException>(
                () =>
                    ParameterSubstitution.Begin(new Dictionary<Parameter, Tensor> { [new Parameter(Tensor.Zeros(2))] = Tensor.Zeros(1) })
                        .Dispose()).Message);
}
