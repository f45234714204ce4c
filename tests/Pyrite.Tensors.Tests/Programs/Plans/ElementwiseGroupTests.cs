using Pyrite.Kernels.Threads;

namespace Pyrite.Tests;

/// <summary>Element-wise programs that plans walk through tile by tile, against the same operations one by one.</summary>
public sealed class ElementwiseGroupTests
{
    private const int Replays = 5;

    public static TheoryData<int, int, DType> Programs()
    {
        TheoryData<int, int, DType> programs = [];
        (int, int)[] shapes = [(1, 1023), (1, 1024), (1, 4133), (700, 3), (64, 64), (3, 5000), (211, 331), (1, 40_001), (1025, 100), (0, 7), (5, 4)];
        int seed = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach ((int rows, int columns) in shapes)
            {
                seed++;
                programs.Add(seed, (rows << 16) | columns, seed % 3 == 0 ? DType.Float64 : DType.Float32);
            }
        }
        return programs;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_random_program_has_the_bits_of_eager_execution_at_any_thread_count(int seed, int sizes, DType type)
    {
        RandomProgram program = new(seed, [sizes >> 16, sizes & 0xFFFF], type);
        for (int step = 0; step < Replays; step++)
        {
            Tensor[] inputs = program.Inputs(step);
            long[][] expected = program.Run(inputs);
            foreach (int threads in (int[])[1, 2])
            {
                using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
                using StepScope scope = StepScope.Begin();
                long[][] got = program.Run(inputs);
                Assert.Equal(expected.Length, got.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], got[i]);
                }
            }
        }
    }

    /// <summary>A program of 5 to 50 operations drawn by a seed; the same every time.</summary>
    private sealed class RandomProgram(int seed, Shape shape, DType type)
    {
        public Tensor[] Inputs(int step)
        {
            RandomKey key = RandomKey.FromSeed((ulong)((1000 * seed) + step));
            Shape column = [shape[0], 1];
            return
            [
                Signed(key.Child(0), shape), Signed(key.Child(1), shape), Signed(key.Child(2), [shape[1]]), Signed(key.Child(3), column),
                Signed(key.Child(4), Shape.Scalar), Signed(key.Child(5), [1]), Signed(key.Child(6), shape).AsVariable(),
            ];
        }

        public long[][] Run(Tensor[] inputs)
        {
            Choices choices = new((ulong)seed);
            List<Tensor> pool = [.. inputs];
            List<Tensor> results = [];
            Tensor condition = inputs[0] > inputs[1];
            Tensor z = inputs[6];
            int operations = 5 + choices.Below(46);
            for (int i = 0; i < operations; i++)
            {
                Tensor other = pool[choices.Below(pool.Count)];
                z = Step(choices.Below(26), z, other, ref condition, choices);
                if (z.Shape != shape)
                {
                    z = z.Rank > 2 ? z.Reshape(shape) : z.BroadcastTo(shape);
                }
                pool.Add(z);
                if (choices.Below(12) == 0)
                {
                    results.Add(Reduce(choices.Below(5), z));
                }
                if (choices.Below(30) == 0)
                {
                    // A value that is read cuts the program, and the model goes on with it.
                    z = z + (results.Count > 0 && results[^1].Count > 0 ? Math.Clamp(results[^1].Reshape(-1)[0].Item(), -1, 1) : 0.5);
                }
            }
            Tensor loss = z.Sum();
            results.Add(loss);
            results.Add(condition);
            results.AddRange(Gradient.OrNull(loss, [inputs[6]]).OfType<Tensor>());
            return [.. results.Select(Bits)];
        }

        private Tensor Step(int operation, Tensor z, Tensor other, ref Tensor condition, Choices choices)
        {
            double number = choices.Below(9) / 4.0;
            switch (operation)
            {
                case 0:
                    return z + other;
                case 1:
                    return z - other;
                case 2:
                    return other - (z * 0.5);
                case 3:
                    return z * other;
                case 4:
                    return z / (1.5 + other.Abs());
                case 5:
                    return Tensor.Maximum(z, other);
                case 6:
                    return Tensor.Minimum(other, z);
                case 7:
                    return -z;
                case 8:
                    return z.Abs().Sqrt();
                case 9:
                    return (z * 0.25).Square();
                case 10:
                    return z.Relu();
                case 11:
                    return (z.Abs() + 0.5).Reciprocal();
                case 12:
                    return (z.Clamp(-3, 3) * 0.5).Exp();
                case 13:
                    return z.Tanh() * number;
                case 14:
                    return (z.Abs() + 0.25).Log();
                case 15:
                    condition = z > other;
                    return Tensor.Where(condition, z, other);
                case 16:
                    return Tensor.Where(condition, z, number);
                case 17:
                    condition = condition.BroadcastTo(shape) & (z <= number);
                    return Tensor.Where(condition, number, z + other);
                case 18:
                    return z.EqualTo(other).To(type) + z;
                case 19:
                    return z.NotEqualTo(number).To(DType.Int64).To(type) - other;
                case 20:
                    return z.Reshape(1, -1, 1) * Tensor.Full([1, (int)shape.Count, 1], number, type);
                case 21:
                    return z.Reshape(-1).Reshape(shape) + Tensor.Ones(shape, type);
                case 22:
                    return z.To(type == DType.Float32 ? DType.Float64 : DType.Float32).To(type) * other;
                case 23:
                    return z + (other.Sum() * 1e-3).Tanh();
                case 24:
                    return z - z.BroadcastTo(shape).Mean(1, keepDimensions: true);
                default:
                    return z.Sigmoid() + z.BroadcastTo(shape).Sum(0).Tanh();
            }
        }

        private static Tensor Reduce(int kind, Tensor z) => kind switch
        {
            0 => z.Sum(),
            1 => z.Sum(1),
            2 => z.Sum(0),
            3 => z,
            _ => z.Reshape(-1) * 2.0,
        };

        // Exact ties, both zeros and a few special values take part.
        private Tensor Signed(RandomKey key, Shape size)
        {
            Tensor x = key.Normal(size, type);
            return Tensor.Where(x > 1.25, 0.0, Tensor.Where(x < -1.5, -0.0, x)).To(type);
        }

        private static long[] Bits(Tensor x) =>
            [.. x.To(DType.Float64).ToArray<double>().Select(v => double.IsNaN(v) ? long.MinValue : BitConverter.DoubleToInt64Bits(v))];
    }

    /// <summary>Numbers drawn one after the other.</summary>
    private sealed class Choices(ulong seed)
    {
        private ulong state = (seed * 0x9E3779B97F4A7C15) + 1;

        public int Below(int bound)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (int)((state >> 33) % (ulong)bound);
        }
    }
}
