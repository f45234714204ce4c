using System.Runtime.Intrinsics;
using Pyrite.Kernels.Random;
using Pyrite.Testing;

namespace Pyrite.Tests.Kernels;

public class PortableFunctionsTests
{
    [Fact]
    public void Logarithms_are_those_of_the_library()
    {
        double[] points = [1, 0.5, 2, 0.7071, 0.7072, 1.4142, 1.4143, 1 - 1e-10, 1 + 1e-10, 3e-308, 1e308, 5.4e-20, 0.1, 10, 12345.678];
        foreach (double point in points)
        {
            Close.Assert(PortableLogarithm.Of(Vector512.Create(point))[3], Math.Log(point), 1e-15, 0, $"log {point}");
        }
    }

    [Fact]
    public void Logarithms_of_numbers_near_one_are_relatively_exact()
    {
        foreach (double t in (double[])[1e-300, -1e-300, 1e-20, -1e-20, 1e-9, -1e-9, 1e-4, -1e-4])
        {
            double series = t - (t * t / 2) + (t * t * t / 3) - (t * t * t * t / 4);
            Close.Assert(PortableLogarithm.OfOnePlus(Vector512.Create(t))[0] / series, 1, 4e-16, 0, $"log of 1 + {t}");
        }
        foreach (double t in (double[])[-0.999, -0.5, -0.29, -0.3, 0.3, 0.41, 0.42, 1, 1e10])
        {
            Close.Assert(PortableLogarithm.OfOnePlus(Vector512.Create(t))[7], Math.Log(1 + t), 1e-15, 1e-16, $"log of 1 + {t}");
        }
    }

    [Fact]
    public void Exponentials_are_those_of_the_library_and_end_before_they_overflow()
    {
        for (double x = -707.9; x < 709; x += 0.7373)
        {
            Close.Assert(PortableExponential.Of(Vector512.Create(x))[5] / Math.Exp(x), 1, 1e-15, 0, $"exp {x}");
        }
        Assert.Equal(1, PortableExponential.Of(Vector512<double>.Zero)[0]);
        Assert.Equal(Math.Exp(-708), PortableExponential.Of(Vector512.Create(-1e9))[0], 1e-320);
        Assert.True(double.IsFinite(PortableExponential.Of(Vector512.Create(1e9))[0]));
    }
}
