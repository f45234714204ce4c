namespace Pyrite.Kernels;

/// <summary>How far a result is from its exact value, in steps of its own precision.</summary>
internal static class UnitsInLastPlace
{
    /// <summary>Fails if a Float32 result is further than allowed from a value known in Float64.</summary>
    public static void Assert(float got, double want, double allowed, string what)
    {
        if (!double.IsFinite(want) || !float.IsFinite(got))
        {
            Xunit.Assert.True(got.Equals((float)want), $"{what}: got {got}, want {want}.");
            return;
        }
        double unit = Math.ScaleB(1, Math.Max(want == 0 ? -200 : Math.ILogB(want), -126) - 23);
        Xunit.Assert.True(Math.Abs(got - want) <= allowed * unit,
            $"{what}: got {got:R}, want {want:R}, {Math.Abs(got - want) / unit:F2} units apart.");
    }

    /// <summary>Fails if a Float64 result is further than allowed from another one.</summary>
    public static void Assert(double got, double want, double allowed, string what)
    {
        if (!double.IsFinite(want) || !double.IsFinite(got))
        {
            Xunit.Assert.True(got.Equals(want), $"{what}: got {got}, want {want}.");
            return;
        }
        double unit = Math.ScaleB(1, Math.Max(want == 0 ? -1100 : Math.ILogB(want), -1022) - 52);
        Xunit.Assert.True(Math.Abs(got - want) <= allowed * unit,
            $"{what}: got {got:R}, want {want:R}, {Math.Abs(got - want) / unit:F2} units apart.");
    }
}
