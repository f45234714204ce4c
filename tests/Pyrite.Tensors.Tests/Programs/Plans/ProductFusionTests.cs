using Pyrite.Kernels.Threads;

namespace Pyrite.Tests;

/// <summary>Fully connected networks, whose ReLUs and masks end the matrix products before them, against eager execution.</summary>
public sealed class ProductFusionTests
{
    [Theory]
    [InlineData(DType.Float32, 1, 20, 30, 1)]
    [InlineData(DType.Float32, 5, 3, 7, 2)]
    [InlineData(DType.Float64, 5, 3, 7, 2)]
    [InlineData(DType.Float32, 70, 64, 90, 33)]
    [InlineData(DType.Float64, 70, 64, 90, 33)]
    [InlineData(DType.Float32, 130, 400, 200, 50)]
    [InlineData(DType.Float32, 4, 5000, 8, 3)]
    [InlineData(DType.Float64, 2100, 6, 5, 1)]
    public void Loss_and_gradients_have_the_bits_of_eager_execution_at_any_thread_count(DType type, int batch, int features, int hidden, int results)
    {
        Tensor[] weights =
        [
            Weight(1, [hidden, features], type), Weight(2, [hidden], type), Weight(3, [hidden, hidden], type), Weight(4, [hidden], type),
                Weight(5, [results, hidden], type),
        ];
        for (int step = 0; step < 4; step++)
        {
            Tensor x = RandomKey.FromSeed((ulong)step).Normal([batch, features], type);
            double[][] expected = Run(x, weights);
            foreach (int threads in (int[])[1, 2, 3])
            {
                using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
                using StepScope scope = StepScope.Begin();
                double[][] got = Run(x, weights);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], got[i]);
                }
            }
        }
    }

    private static double[][] Run(Tensor x, Tensor[] weights)
    {
        Tensor first = x.Linear(weights[0], weights[1]).Relu();
        Tensor second = first.Linear(weights[2], weights[3]).Relu();
        Tensor loss = (second.Linear(weights[4]).Relu().Square() + 0.1).Sum();
        Tensor[] gradients = Gradient.Of(loss, weights);
        return [[loss.Item()], .. gradients.Select(g => g.ToArray<double>())];
    }

    private static Tensor Weight(ulong seed, Shape shape, DType type) => (RandomKey.FromSeed(seed).Normal(shape, type) * 0.2).AsVariable();
}
