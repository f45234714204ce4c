using Pyrite.Kernels.Threads;

namespace Pyrite.Tests;

/// <summary>Convolutional networks whose steps walk over the batch in stretches, on several threads, against eager execution.</summary>
public sealed class BatchGroupTests
{
    [Theory]
    [InlineData(DType.Float32, 8, false)]
    [InlineData(DType.Float32, 19, false)]
    [InlineData(DType.Float32, 64, false)]
    [InlineData(DType.Float64, 24, false)]
    [InlineData(DType.Float32, 3, false)]
    [InlineData(DType.Float32, 8, true)]
    [InlineData(DType.Float32, 27, true)]
    [InlineData(DType.Float64, 11, true)]
    public void Loss_and_gradients_have_the_bits_of_eager_execution_at_any_thread_count(DType type, int batch, bool isWide)
    {
        Network network = new(type, isWide);
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

    [Theory]
    [InlineData(DType.Float32, 128, true)]
    [InlineData(DType.Float32, 32, false)]
    [InlineData(DType.Float64, 24, true)]
    public void Flattened_images_that_are_dropped_in_part_have_the_bits_of_eager_execution(DType type, int batch, bool isWide)
    {
        Network network = new(type, isWide);
        for (int step = 0; step < 3; step++)
        {
            Tensor images = RandomKey.FromSeed((ulong)step).Uniform([batch, 1, 16, 16], type);
            double[][] expected = network.RunDropped(images);
            using StepScope scope = StepScope.Begin();
            double[][] got = network.RunDropped(images);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], got[i]);
            }
        }
    }

    internal sealed class Network(DType type, bool isWide = false)
    {
        // Images of sixteen and more channels keep margins inside a group; in the wide network all do.
        private static readonly int[] Narrow = [8, 12, 6];
        private static readonly int[] Wide = [16, 32, 16];

        private readonly Tensor[] weights =
        [
            .. Create(type, isWide ? Wide : Narrow),
        ];

        public double[][] Run(Tensor images)
        {
            Tensor h = images.Conv2d(weights[0], weights[1], padding: 1).Relu().Conv2d(weights[2], weights[3], stride: 2, padding: 1).Relu();
            Tensor z = h.Reshape(images.Shape[0], -1).MatMul(weights[4]).Tanh();
            Tensor decoded =
                z.MatMul(weights[5]).Reshape(-1, isWide ? Wide[1] : Narrow[1], 8, 8)
                    .ConvTranspose2d(weights[6], weights[7], stride: 2, padding: 1, outputPadding: 1).Relu();
            Tensor logits = decoded.Conv2d(weights[8], padding: 1);
            Tensor loss = ((logits.Softplus() - (images * logits)).Sum([1, 2, 3]) * 0.5).Sum();
            Tensor[] gradients = Gradient.Of(loss, weights);
            return [[loss.Item()], .. gradients.Select(g => g.ToArray<double>())];
        }

        /// <summary>The encoder with dropout between its images, laid flat, and a product.</summary>
        public double[][] RunDropped(Tensor images)
        {
            Tensor[] used = weights[..5];
            Tensor h = images.Conv2d(used[0], used[1], padding: 1).Relu().Conv2d(used[2], used[3], stride: 2, padding: 1).Relu()
                .Reshape(images.Shape[0], -1);
            Tensor kept = Tensor.Where(RandomKey.FromSeed(9).Uniform(h.Shape, type).GreaterThan(0.5), 2.0, Tensor.Zeros(h.Shape, type));
            Tensor loss = (h * kept).MatMul(used[4]).Tanh().Sum();
            Tensor[] gradients = Gradient.Of(loss, used);
            return [[loss.Item()], .. gradients.Select(g => g.ToArray<double>())];
        }

        private static Tensor[] Create(DType type, int[] channels)
        {
            (int a, int b, int c) = (channels[0], channels[1], channels[2]);
            return
            [
                Weight(1, [a, 1, 3, 3], type), Weight(2, [a], type), Weight(3, [b, a, 3, 3], type), Weight(4, [b], type),
                Weight(5, [b * 64, 5], type), Weight(6, [5, b * 64], type), Weight(7, [b, c, 3, 3], type), Weight(8, [c], type),
                    Weight(9, [1, c, 3, 3], type),
            ];
        }

        private static Tensor Weight(ulong seed, Shape shape, DType type) => (RandomKey.FromSeed(seed).Normal(shape, type) * 0.2).AsVariable();
    }
}
