namespace Pyrite.Tests;

/// <summary>Gradients of many parts of one tensor are one pass, with the bits of adding whole tensors one after the other.</summary>
public sealed class SliceGradientTests
{
    private static readonly Func<Tensor, Tensor>[] Parts =
    [
        x => x[1],
        x => x.Slice(0, 0, 3),
        x => x[.., 2],
        x => x.Slice(1, 4, 3, -2),
        x => x[2, 3],
        x => x.Slice(0, 1, 1).BroadcastTo([4, 5]),
        x => x.Transpose(),
        x => x * 0.3,
        x => x[TensorIndex.Every(.., 2), 1..4],
        x => x[1..1],
        x => x[2, 3],
        x => x.Exp(),
        x => x[3],
    ];

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Bits_are_those_of_adding_whole_tensors_in_the_order_of_the_backward_pass(DType type)
    {
        for (int first = 0; first < Parts.Length; first++)
        {
            for (int count = 1; count <= Parts.Length; count++)
            {
                Func<Tensor, Tensor>[] parts = [.. Enumerable.Range(first, count).Select(i => Parts[i % Parts.Length])];
                Tensor x = RandomKey.FromSeed((ulong)first).Normal([4, 5], type);
                Tensor[] weights = [.. parts.Select((part, i) => RandomKey.FromSeed((ulong)(100 + i)).Normal(part(x).Shape, type))];
                Tensor? expected = null;
                for (int i = parts.Length - 1; i >= 0; i--)
                {
                    Tensor variable = x.AsVariable();
                    Tensor one = Gradient.Of((parts[i](variable) * weights[i]).Sum(), [variable])[0];
                    expected = expected is null ? one : expected + one;
                }
                Assert.Equal(expected!.ToArray<double>(), Sum(x, parts, weights).ToArray<double>());
                using StepScope scope = StepScope.Begin();
                Assert.Equal(expected.ToArray<double>(), Sum(x, parts, weights).ToArray<double>());
            }
        }
    }

    [Fact]
    public void The_gradient_is_differentiable_again()
    {
        Tensor point = RandomKey.FromSeed(3).Normal([4, 5], DType.Float64), direction = RandomKey.FromSeed(4).Normal([4, 5], DType.Float64);
        static Tensor Function(Tensor x) => (x[1].Square() * x[2].Exp()).Sum() + (x[.., 3] * x[.., 0] * x[1, 2]).Sum() + x.Square().Sum();
        Tensor variable = point.AsVariable();
        Tensor first = Gradient.Of(Function(variable), [variable], createGraph: true)[0];
        Tensor second = Gradient.Of((first * direction).Sum(), [variable])[0];
        const double Step = 1e-5;
        Tensor up = Gradient.Of(Function, point + (direction * Step)), down = Gradient.Of(Function, point - (direction * Step));
        double[] expected = ((up - down) / (2 * Step)).ToArray<double>(), found = second.ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-7);
        }
    }

    [Fact]
    public void Slices_cost_as_much_as_the_vector_is_long()
    {
        long few = Bytes(500), many = Bytes(4000);
        Assert.InRange(many, 0, 12 * few);

        static long Bytes(int length)
        {
            Tensor x = Tensor.Ones([length], DType.Float64).AsVariable();
            return Allocation.Least(Run);

            void Run()
            {
                Tensor sum = Tensor.Stack([.. Enumerable.Range(0, length).Select(t => x[t])]).Square().Sum();
                Assert.Equal(2, Gradient.Of(sum, [x])[0].ToArray<double>()[length / 2]);
            }
        }
    }

    private static Tensor Sum(Tensor x, Func<Tensor, Tensor>[] parts, Tensor[] weights)
    {
        Tensor variable = x.AsVariable();
        Tensor[] read = [.. parts.Select(part => part(variable))];
        Tensor sum = (read[0] * weights[0]).Sum();
        for (int i = 1; i < read.Length; i++)
        {
            sum += (read[i] * weights[i]).Sum();
        }
        return Gradient.Of(sum, [variable])[0];
    }
}
