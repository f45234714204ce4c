using System.Globalization;

namespace Pyrite.Testing;

/// <summary>Compares numbers by the tolerance rule of the golden files.</summary>
/// <remarks>|got - want| ≤ rtol |want| + atol max(1, max |want|), the maximum over the finite entries. Infinities must be equal, NaN must meet
/// NaN.</remarks>
public static class Close
{
    private const int ShownMismatches = 5;

    /// <summary>Fails unless every entry is within the tolerance.</summary>
    public static void Assert(ReadOnlySpan<double> got, ReadOnlySpan<double> want, double rtol, double atol, string name)
    {
        if (got.Length != want.Length)
        {
            throw new CheckFailedException($"{name}: got {got.Length} entries, want {want.Length}.");
        }
        double largest = 1;
        foreach (double entry in want)
        {
            largest = double.IsFinite(entry) ? Math.Max(largest, Math.Abs(entry)) : largest;
        }
        var mismatches = new List<string>();
        int count = 0;
        for (int i = 0; i < want.Length; i++)
        {
            double allowed = rtol * Math.Abs(want[i]) + atol * largest;
            if (!IsClose(got[i], want[i], allowed))
            {
                if (count++ < ShownMismatches)
                {
                    mismatches.Add(
                        string.Create(CultureInfo.InvariantCulture,
                            $"[{i}] got {got[i]:R}, want {want[i]:R}, difference {Math.Abs(got[i] - want[i]):G3}, allowed {allowed:G3}"));
                }
            }
        }
        if (count > 0)
        {
            throw new CheckFailedException($"{name}: {count} of {want.Length} entries are off: {string.Join("; ", mismatches)}.");
        }
    }

    /// <inheritdoc cref="Assert(ReadOnlySpan{double}, ReadOnlySpan{double}, double, double, string)"/>
    public static void Assert(ReadOnlySpan<float> got, ReadOnlySpan<double> want, double rtol, double atol, string name) =>
        Assert(Widen(got), want, rtol, atol, name);

    /// <inheritdoc cref="Assert(ReadOnlySpan{double}, ReadOnlySpan{double}, double, double, string)"/>
    public static void Assert(ReadOnlySpan<float> got, ReadOnlySpan<float> want, double rtol, double atol, string name) =>
        Assert(Widen(got), Widen(want), rtol, atol, name);

    /// <inheritdoc cref="Assert(ReadOnlySpan{double}, ReadOnlySpan{double}, double, double, string)"/>
    public static void Assert(double got, double want, double rtol, double atol, string name) => Assert([got], [want], rtol, atol, name);

    /// <summary>Fails unless shapes agree and every entry is within the tolerance.</summary>
    public static void Assert(Tensor got, Tensor want, double rtol, double atol, string name)
    {
        if (got.Shape != want.Shape)
        {
            throw new CheckFailedException($"{name}: got shape {got.Shape}, want {want.Shape}.");
        }
        Assert(got.ToArray<double>(), want.ToArray<double>(), rtol, atol, name);
    }

    private static bool IsClose(double got, double want, double allowed) =>
        double.IsFinite(want) ? Math.Abs(got - want) <= allowed : double.IsNaN(want) ? double.IsNaN(got) : got == want;

    private static double[] Widen(ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }
        return wide;
    }
}
