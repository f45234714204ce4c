using Pyrite.Kernels;

namespace Pyrite.Tests;

/// <summary>Convolutional networks whose steps walk over the batch in stretches, on several threads, against eager execution.</summary>
public sealed class BatchGroupTests
{
    [Theory]
    [InlineData(DType.Float32, 8)]
    [InlineData(DType.Float32, 19)]
    [InlineData(DType.Float32, 64)]
    [InlineData(DType.Float64, 24)]
    [InlineData(DType.Float32, 3)]
    public void Loss_and_gradients_have_the_bits_of_eager_execution_at_any_thread_count(DType type, int batch)
    {
        Network network = new(type);
        for (int step = 0; step < 4; step++)
        {
            Tensor images = RandomKey.FromSeed((ulong)step).Uniform([batch, 1, 16, 16], type);
            double[][] expected = network.Run(images);
            foreach (int threads in (int[])[1, 2, 3])
            {
                using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
                using StepScope scope = StepScope.Begin();
                double[][] got = network.Run(images);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], got[i]);
                }
            }
        }
    }

    internal sealed class Network(DType type)
    {
        private readonly Tensor[] weights =
        [
            Weight(1, [8, 1, 3, 3], type), Weight(2, [8], type), Weight(3, [12, 8, 3, 3], type), Weight(4, [12], type),
            Weight(5, [12 * 64, 5], type), Weight(6, [5, 12 * 64], type), Weight(7, [12, 6, 3, 3], type), Weight(8, [6], type), Weight(9, [1, 6, 3, 3], type),
        ];

        public double[][] Run(Tensor images)
        {
            Tensor h = images.Conv2d(weights[0], weights[1], padding: 1).Relu().Conv2d(weights[2], weights[3], stride: 2, padding: 1).Relu();
            Tensor z = h.Reshape(images.Shape[0], -1).MatMul(weights[4]).Tanh();
            Tensor decoded = z.MatMul(weights[5]).Reshape(-1, 12, 8, 8).ConvTranspose2d(weights[6], weights[7], stride: 2, padding: 1, outputPadding: 1).Relu();
            Tensor logits = decoded.Conv2d(weights[8], padding: 1);
            Tensor loss = ((logits.Softplus() - (images * logits)).Sum([1, 2, 3]) * 0.5).Sum();
            Tensor[] gradients = Gradient.Of(loss, weights);
            return [[loss.Item()], .. gradients.Select(g => g.ToArray<double>())];
        }

        private static Tensor Weight(ulong seed, Shape shape, DType type) => (RandomKey.FromSeed(seed).Normal(shape, type) * 0.2).AsVariable();
    }
}
