using System.Runtime.InteropServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels;

/// <summary>An element's bits depend on its value alone: not on its place, on the length or on what stands beside it.</summary>
public sealed class SimdMapTests
{
    [Fact]
    public void Exp_has_the_same_bits_everywhere() => Check<ExpFunction>();

    [Fact]
    public void Log_has_the_same_bits_everywhere() => Check<LogFunction>();

    [Fact]
    public void Sin_has_the_same_bits_everywhere() => Check<SinFunction>();

    [Fact]
    public void Tanh_has_the_same_bits_everywhere() => Check<TanhFunction>();

    [Fact]
    public void Sigmoid_has_the_same_bits_everywhere() => Check<SigmoidFunction>();

    [Fact]
    public void Softplus_has_the_same_bits_everywhere() => Check<SoftplusFunction>();

    [Fact]
    public void Room_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => SimdMap.Run<ExpFunction, float>(new float[3], new float[2]));

    private static void Check<TFunction>() where TFunction : struct, ISimdFunction
    {
        Check<TFunction, float>(value => (float)value);
        Check<TFunction, double>(value => value);
    }

    private static void Check<TFunction, T>(Func<double, T> convert)
        where TFunction : struct, ISimdFunction
        where T : unmanaged, System.Numerics.INumber<T>
    {
        double[] extremes = [2000, -2000, 1e30, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-320, 0];
        System.Random random = new(3);
        int[] longOnes = [1023, 1024, 1025, 1031, 1040, 1057, 1090, 2050];
        foreach (int length in Enumerable.Range(0, 71).Concat(longOnes))
        {
            int offset = length % 9;
            using GuardedArray<T> source = new(length + offset);
            using GuardedArray<T> target = new(length + offset);
            Span<T> x = source.Span[offset..];
            for (int i = 0; i < length; i++)
            {
                x[i] = convert(random.Next(5) == 0 ? extremes[random.Next(extremes.Length)] : (20 * random.NextDouble()) - 10);
            }
            T[] alone = new T[length];
            for (int i = 0; i < length; i++)
            {
                SimdMap.Run<TFunction, T>(x.Slice(i, 1), alone.AsSpan(i, 1));
            }
            SimdMap.Run<TFunction, T>(x, target.Span[offset..]);
            AssertSameBits(alone, target.Span[offset..]);
            SimdMap.Run<TFunction, T>(x, x);
            AssertSameBits(alone, x);
            source.AssertGuards();
            target.AssertGuards();
        }
    }

    private static void AssertSameBits<T>(ReadOnlySpan<T> want, ReadOnlySpan<T> got) where T : unmanaged =>
        Assert.True(MemoryMarshal.AsBytes(want).SequenceEqual(MemoryMarshal.AsBytes(got)),
            $"{want.Length} elements: the bits differ from those of single elements.");
}
