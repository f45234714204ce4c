using Pyrite.Testing;

namespace Pyrite.Kernels;

public sealed class ExponentialKernelTests
{
    [Fact]
    public void Neighbours_and_places_in_memory_do_not_change_a_bit()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => (i * 37 % 300 / 10.0) - 15)];
        double[] want = new double[300];
        ExponentialKernel.Exp<double>(values, want);
        double[] extremes = [.. values.Select((value, i) => i % 7 == 3 ? (i % 2 == 0 ? 2000.0 : double.NegativeInfinity) : value)];
        for (int offset = 0; offset < 9; offset++)
        {
            double[] source = new double[320];
            double[] target = new double[320];
            extremes.CopyTo(source, offset);
            ExponentialKernel.Exp<double>(source.AsSpan(offset, 300), target.AsSpan(offset, 300));
            for (int i = 0; i < 300; i++)
            {
                Assert.Equal(i % 7 == 3 ? (i % 2 == 0 ? double.PositiveInfinity : 0) : want[i], target[offset + i]);
            }
        }
    }

    [Fact]
    public void Values_match_the_runtime_up_to_the_limits()
    {
        double[] values = [-800, -745.1, -744, -720, -708.1, -708, -1, 0, 1, 708, 708.1, 709.7, 709.79, 800, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        double[] got = new double[values.Length];
        ExponentialKernel.Exp<double>(values, got);
        Close.Assert(got, (double[])[.. values.Select(value => Math.Exp(value))], 1e-15, 0, "exp");
        float[] single = Array.ConvertAll(values, value => (float)value);
        float[] half = new float[values.Length];
        ExponentialKernel.Exp<float>(single, half);
        Close.Assert(half, (double[])[.. single.Select(value => (double)MathF.Exp(value))], 1e-6, 1e-44, "exp in Float32");
    }
}
