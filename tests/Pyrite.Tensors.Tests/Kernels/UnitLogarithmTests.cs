namespace Pyrite.Kernels;

public sealed class UnitLogarithmTests
{
    [Fact]
    public void Agrees_with_the_logarithm_in_double_precision()
    {
        double[] u = [0, 1e-300, 1e-17, 1e-9, 1e-3, .. Enumerable.Range(0, 101).Select(i => i / 100.0)];
        double[] got = [.. u];
        UnitLogarithm<double>.Invoke(got);
        for (int i = 0; i < u.Length; i++)
        {
            double want = u[i] < 1e-4 ? u[i] - (u[i] * u[i] / 2) + (u[i] * u[i] * u[i] / 3) : Math.Log(1 + u[i]);
            Assert.Equal(want, got[i], 1e-15 + (1e-15 * want));
        }
    }

    [Fact]
    public void Agrees_with_the_logarithm_in_single_precision()
    {
        float[] got = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        float[] u = [.. got];
        UnitLogarithm<float>.Invoke(got);
        for (int i = 0; i < u.Length; i++)
        {
            Assert.Equal(Math.Log(1 + (double)u[i]), got[i], 2e-7 * u[i] + 1e-12);
        }
    }
}
