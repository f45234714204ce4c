using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Bodies of random operations on scalars and small arrays: as scans, as loops, in steps and in densities.</summary>
public sealed class RandomScanTests
{
    private const int Rounds = 6;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Scans_agree_with_loops(int seed)
    {
        Tensor[] point = Point(seed);
        Assert.Equal(Loop(seed, point).Item(), AsScan(seed, point).Item());
        Tensor[] scan = Gradient.Of(x => AsScan(seed, x), point), loop = Gradient.Of(x => Loop(seed, x), point);
        double[] expected = [.. loop.SelectMany(part => part.ToArray<double>())];
        Close.Assert([.. scan.SelectMany(part => part.ToArray<double>())], expected, 1e-11, 1e-12, "gradient");
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor[] recorded = Gradient.Of(x => AsScan(seed, x), point);
            Assert.True(scan.Zip(recorded).All(pair => pair.First.ToArray<double>().SequenceEqual(pair.Second.ToArray<double>())));
        }
        Shape[] shapes = [.. point.Select(part => part.Shape)];
        double[] numbers = [.. point.SelectMany(part => part.ToArray<double>())], gradient = new double[numbers.Length];
        ReplayedFunction function = ReplayedFunction.TryRecord(x => [AsScan(seed, x)], shapes, numbers, withGradient: true)!;
        Assert.Equal(Loop(seed, point).Item(), function.Evaluate(numbers, gradient), 1e-11);
        Close.Assert(gradient, expected, 1e-10, 1e-11, "gradient of the density");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Second_derivatives_agree_with_loops(int seed)
    {
        double[] Second(Func<Tensor[], Tensor> function)
        {
            Tensor[] variables = [.. Point(seed).Select(part => part.AsVariable())];
            Tensor[] first = Gradient.Of(function(variables), variables, createGraph: true);
            Tensor sum = first.Select((gradient, i) => (gradient * (i + 1)).Sum()).Aggregate((a, b) => a + b);
            return [.. Gradient.Of(sum, variables).SelectMany(part => part.ToArray<double>())];
        }
        Close.Assert(Second(x => AsScan(seed, x)), Second(x => Loop(seed, x)), 1e-10, 1e-11, "second derivatives");
    }

    /// <summary>Two parts of the carry, an input, and three captured tensors.</summary>
    private static Tensor[] Point(int seed)
    {
        RandomKey key = RandomKey.FromSeed((ulong)seed + 100);
        Shape part = ShapeOf(seed);
        return [.. new Shape[] { Shape.Scalar, part, [Rounds, .. part], Shape.Scalar, part, Shape.Scalar }
            .Select((shape, i) => key.Child(i).Normal(shape, DType.Float64) * 0.7)];
    }

    private static Shape ShapeOf(int seed) => (seed % 4) switch
    {
        0 => Shape.Scalar,
        1 => [3],
        2 => [2, 2],
        _ => [20],
    };

    private static Tensor AsScan(int seed, Tensor[] x)
    {
        ((Tensor a, Tensor b), Tensor outputs) = Scan.Run((x[0], x[1]), x[2], (carry, y) => Body(seed, x, carry, y), reverse: seed % 3 == 0);
        return Result(a, b, outputs);
    }

    private static Tensor Loop(int seed, Tensor[] x)
    {
        (Tensor A, Tensor B) carry = (x[0], x[1]);
        Tensor[] outputs = new Tensor[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            int time = seed % 3 == 0 ? Rounds - 1 - round : round;
            (carry, outputs[time]) = Body(seed, x, carry, x[2][time]);
        }
        return Result(carry.A, carry.B, Tensor.Stack(outputs));
    }

    private static Tensor Result(Tensor a, Tensor b, Tensor outputs) => a.Sin() + b.Square().Sum() + (outputs * outputs.Cos()).Sum();

    private static ((Tensor, Tensor) Carry, Tensor Output) Body(int seed, Tensor[] x, (Tensor A, Tensor B) carry, Tensor y)
    {
        Random random = new(seed);
        List<Tensor> values = [carry.A, carry.B, y, x[3], x[4], x[5]];
        for (int i = 0; i < 8; i++)
        {
            Tensor Any() => values[random.Next(values.Count)];
            Tensor next = random.Next(9) switch
            {
                0 => Any() + Any(),
                1 => Any() - (0.5 * Any()),
                2 => Any() * Any(),
                3 => Any().Tanh(),
                4 => (-Any().Square()).Exp(),
                5 => Any() / (1 + Any().Square()),
                6 => Tensor.Where(y > 0.1, Any(), y),
                7 => Any().Sigmoid() * Any(),
                _ => Any().Detach() + Any().Softplus(),
            };
            values.Add(next.Tanh());
        }
        Tensor wide = values[^1] + values[^2] + (0.3 * carry.B), number = values[^3].Sum().Tanh() + (0.2 * carry.A);
        return ((number, wide.Tanh() + (0 * carry.B)), values[^4] + values[^5] + (0 * y));
    }
}
