using System.Runtime.Intrinsics;
using Pyrite.Kernels.Random;

namespace Pyrite.Tests.Kernels;

public class NormalKernelTests
{
    private static readonly uint[] EdgeBits =
        [0, 1, 2, 3, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xBFFFFFFF, 0xC0000000, 0xFFFFFF00, 0xFFFFFFFE,
            0xFFFFFFFF];

    [Fact]
    public void Float32_reaches_beyond_five_and_a_half_sigma()
    {
        Normal32Kernel.Pair(Vector512<uint>.Zero, Vector512<uint>.Zero, out Vector512<float> cosine, out _);

        Assert.Equal(Math.Sqrt(64 * Math.Log(2)), cosine[0], 1e-5);         // u = 2^-32
    }

    [Fact]
    public void Float64_reaches_beyond_eight_sigma()
    {
        Normal64Kernel.Pair(Vector512<ulong>.Zero, Vector512<ulong>.Zero, out Vector512<double> cosine, out _);

        Assert.Equal(Math.Sqrt(128 * Math.Log(2)), cosine[0], 1e-13);       // u = 2^-64
    }

    [Fact]
    public void Extreme_bits_give_finite_numbers_that_are_not_zero()
    {
        foreach (uint radius in EdgeBits)
        {
            foreach (uint angle in EdgeBits)
            {
                Normal32Kernel.Pair(Vector512.Create(radius), Vector512.Create(angle), out Vector512<float> first, out Vector512<float> second);
                AssertSound(first[0], second[0], 6.67);
                ulong wideRadius = ((ulong)radius << 32) | radius, wideAngle = ((ulong)angle << 32) | angle;
                Normal64Kernel.Pair(Vector512.Create(wideRadius), Vector512.Create(wideAngle), out Vector512<double> wideFirst,
                    out Vector512<double> wideSecond);
                AssertSound(wideFirst[0], wideSecond[0], 9.43);
            }
        }
    }

    [Fact]
    public void The_four_quadrants_are_the_four_signs_of_cosine_and_sine()
    {
        var places = new HashSet<(bool CosineFirst, int Sign)>();
        for (uint quadrant = 0; quadrant < 4; quadrant++)
        {
            Normal32Kernel.Pair(Vector512.Create(1u << 30), Vector512.Create((quadrant << 30) | 1000), out Vector512<float> first,
                out Vector512<float> second);
            bool cosineFirst = Math.Abs(first[0]) > Math.Abs(second[0]);
            places.Add((cosineFirst, Math.Sign(cosineFirst ? first[0] : second[0])));
        }
        Assert.Equal(4, places.Count);
    }

    private static void AssertSound(double first, double second, double largest)
    {
        Assert.True(first != 0 && second != 0);
        Assert.InRange(Math.Sqrt(first * first + second * second), 1e-8, largest);
    }
}
