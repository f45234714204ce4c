using System.Runtime.InteropServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Bits follow from the work and the instruction set: not from the size of the caches, the number of threads, or whether a step is
/// recorded.</summary>
/// <remarks>Every setting works in a thread of its own, because a thread keeps the plans of its steps. How large the cache is, is set where schedules
/// ask; it holds for the whole process, and other tests that run meanwhile show the same.</remarks>
[Collection(nameof(Alone))]
public sealed class BitsTests
{
    private const int Unknown = 0;

    private static readonly int[] Sizes = [256 << 10, 1 << 20, 4 << 20, Unknown];

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void A_step_of_a_variational_autoencoder_has_the_same_bits(DType type) =>
        SameEverywhere(new Autoencoder(type, 24).Step, [(256 << 10, 2), (4 << 20, 7)]);

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Products_have_the_same_bits(DType type) => SameEverywhere(Products(type), [(256 << 10, 2), (4 << 20, 7)]);

    [Fact]
    public void Cholesky_factors_and_their_gradients_have_the_same_bits() => SameEverywhere(Factors(), [(256 << 10, 2), (4 << 20, 7)]);

    [Fact]
    public void Draws_of_NUTS_have_the_same_bits() => SameEverywhere(Draws(20), [(256 << 10, 2), (4 << 20, 7)], isRecorded: false);

    [Fact]
    [Trait("Category", "Long")]
    public void All_of_it_has_the_same_bits_at_every_size_and_thread_count()
    {
        (int, int)[] settings = [.. from size in Sizes from threads in (int[])[1, 2, 7] select (size, threads)];
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            SameEverywhere(new Autoencoder(type, 24).Step, settings);
            SameEverywhere(new Autoencoder(type, 67).Step, settings);
            SameEverywhere(Products(type), settings);
        }
        SameEverywhere(Factors(), settings);
        SameEverywhere(Draws(200), settings, isRecorded: false);
    }

    [Fact]
    public void The_size_of_the_cache_changes_schedules()
    {
        // Else the tests above would compare one schedule with itself.
        int small, large;
        using (SecondLevelCache.Use(256 << 10))
        {
            small = new Kernels.Products.ProductCut<float>(1_000).StageColumns(2_000);
        }
        using (SecondLevelCache.Use(4 << 20))
        {
            large = new Kernels.Products.ProductCut<float>(1_000).StageColumns(2_000);
        }
        Assert.True(small < large);
    }

    /// <summary>Compares the results under all settings with those of plain execution on one thread.</summary>
    /// <param name="work">Gives results of any shapes.</param>
    /// <param name="settings">Sizes of the cache, with numbers of threads.</param>
    /// <param name="isRecorded">Whether the work is done inside of steps as well.</param>
    private static void SameEverywhere(Func<double[][]> work, (int Size, int Threads)[] settings, bool isRecorded = true)
    {
        double[][] expected = On(1 << 20, 1, work);
        foreach ((int size, int threads) in settings)
        {
            Same(expected, On(size, threads, work));
            if (isRecorded)
            {
                // Recorded, planned, and planned again.
                On(size, threads, () =>
                {
                    for (int step = 0; step < 3; step++)
                    {
                        using StepScope scope = StepScope.Begin();
                        Same(expected, work());
                    }
                    return [];
                });
            }
        }
    }

    private static void Same(double[][] expected, double[][] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // As bits: NaN equals itself, and 0 does not equal -0.
            Assert.True(MemoryMarshal.AsBytes<double>(expected[i]).SequenceEqual(MemoryMarshal.AsBytes<double>(found[i])), $"Result {i} differs.");
        }
    }

    private static double[][] On(int size, int threads, Func<double[][]> work)
    {
        double[][] results = [];
        Exception? failure = null;
        Thread thread = new(() =>
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            try
            {
                results = work();
            }
            catch (Exception found)
            {
                failure = found;
            }
        }, 16 << 20);
        using SecondLevelCache.Scope cache = SecondLevelCache.Use(size == Unknown ? null : size);
        thread.Start();
        thread.Join();
        return failure is null ? results : throw failure;
    }

    private static Func<double[][]> Products(DType type)
    {
        (int M, int N, int K)[] shapes =
            [(1, 257, 1_031), (37, 61, 129), (200, 131, 1_027), (3, 5, 4_099), (513, 1, 777), (96, 1_201, 700), (8, 8, 9)];
        (Tensor A, Tensor B)[] operands = [.. shapes.Select((shape, i) => (RandomKey.FromSeed((ulong)i).Normal([shape.M, shape.K], type),
            RandomKey.FromSeed((ulong)i + 100).Normal([shape.K, shape.N], type)))];
        Tensor batch = RandomKey.FromSeed(200).Normal([9, 33, 65], type);
        return () =>
        [
            .. operands.Select(pair => pair.A.MatMul(pair.B).ToArray<double>()),
            .. operands.Select(pair => pair.B.Transpose().MatMul(pair.A.Transpose()).ToArray<double>()),
            batch.MatMul(batch.Transpose()).ToArray<double>(),
        ];
    }

    private static Func<double[][]> Factors()
    {
        Tensor[] matrices = [.. ((int[])[7, 33, 130, 257]).Select(size =>
        {
            Tensor root = RandomKey.FromSeed((ulong)size).Normal([size, size], DType.Float64);
            return (root.MatMul(root.Transpose()) + (size * Tensor.Identity(size, DType.Float64))).AsVariable();
        })];
        return () =>
        [
            .. matrices.SelectMany(matrix =>
            {
                Tensor factor = matrix.Cholesky();
                Tensor gradient = Gradient.Of(factor.Square().Sum() + factor.Sin().Sum(), [matrix])[0];
                return new[] { factor.ToArray<double>(), gradient.ToArray<double>() };
            }),
        ];
    }

    private static Func<double[][]> Draws(int draws)
    {
        Tensor x = RandomKey.FromSeed(1).Normal([301, 7], DType.Float64);
        Tensor y = (x.MatMul(Tensor.From<double>([0.5, -1, 0.25, 0, 2, -0.5, 1])) > 0).To(DType.Float64);
        Potential potential = Potential.Of(() =>
        {
            Tensor scale = Sample("scale", new HalfNormal(1));
            Tensor weights = Sample("weights", new Normal(Tensor.Zeros(7), scale).ToEvent(1));
            Sample("y", new Bernoulli(logits: x.MatMul(weights)).ToEvent(1), observed: y);
        }, seed: 3);
        return () =>
        {
            McmcResult result = Mcmc.Run(potential, new Nuts(), chains: 2, warmup: draws, draws: draws);
            return [result.Draws["weights"].ToArray<double>(), result.Draws["scale"].ToArray<double>()];
        };
    }

    /// <summary>A small convolutional variational autoencoder, its loss and gradients.</summary>
    private sealed class Autoencoder(DType type, int batch)
    {
        private readonly Tensor images = RandomKey.FromSeed(11).Uniform([batch, 1, 16, 16], type);
        private readonly Tensor noise = RandomKey.FromSeed(12).Normal([batch, 3], type);
        private readonly Tensor[] weights =
        [
            Weight(1, [16, 1, 3, 3], type), Weight(2, [16], type), Weight(3, [32, 16, 3, 3], type), Weight(4, [32], type),
            Weight(5, [2_048, 6], type), Weight(6, [3, 2_048], type), Weight(7, [32, 16, 3, 3], type), Weight(8, [16], type),
            Weight(9, [1, 16, 3, 3], type),
        ];

        public double[][] Step()
        {
            Tensor h = images.Conv2d(weights[0], weights[1], padding: 1).Relu().Conv2d(weights[2], weights[3], stride: 2, padding: 1).Relu();
            Tensor posterior = h.Reshape(batch, -1).MatMul(weights[4]);
            Tensor loc = posterior.Slice(1, 0, 3), scale = posterior.Slice(1, 3, 3).Softplus() + 1e-3;
            Tensor z = loc + (scale * noise);
            Tensor decoded = z.MatMul(weights[5]).Reshape(-1, 32, 8, 8)
                .ConvTranspose2d(weights[6], weights[7], stride: 2, padding: 1, outputPadding: 1).Relu();
            Tensor logits = decoded.Conv2d(weights[8], padding: 1);
            Tensor loss = (logits.Softplus() - (images * logits)).Sum() + ((loc.Square() + scale.Square()) * 0.5 - scale.Log()).Sum();
            Tensor[] gradients = Gradient.Of(loss, weights);
            return [[loss.Item()], .. gradients.Select(gradient => gradient.ToArray<double>())];
        }

        private static Tensor Weight(ulong seed, Shape shape, DType type) => (RandomKey.FromSeed(seed).Normal(shape, type) * 0.1).AsVariable();
    }
}
