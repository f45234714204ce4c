using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels.Copies;

/// <summary>Adds elements, one after the other, to where a walk through memory leads.</summary>
internal static class StridedAdd
{
    /// <summary>Adds the elements of <paramref name="sizes"/>.Length nested loops.</summary>
    /// <param name="source">The elements, last loop fastest.</param>
    /// <param name="target">To which they are added.</param>
    /// <param name="start">The first place in the target.</param>
    /// <param name="steps">For each loop how far its steps lead, in elements.</param>
    /// <param name="sizes">The steps of each loop.</param>
    public static void Run<T>(ReadOnlySpan<T> source, Span<T> target, int start, ReadOnlySpan<int> steps, ReadOnlySpan<int> sizes)
        where T : unmanaged, INumber<T>
    {
        if (source.Length == 1)
        {
            target[start] += source[0];
            return;
        }
        if (steps.Length == 1)
        {
            AddRow(source, target, start, steps[0]);
            return;
        }
        int inner = sizes[0] == 0 ? 0 : source.Length / sizes[0];
        for (int i = 0; i < sizes[0]; i++)
        {
            Run(source.Slice(i * inner, inner), target, start + (i * steps[0]), steps[1..], sizes[1..]);
        }
    }

    private static void AddRow<T>(ReadOnlySpan<T> source, Span<T> target, int start, int step) where T : unmanaged, INumber<T>
    {
        if (step == 1)
        {
            Span<T> row = target.Slice(start, source.Length);
            TensorPrimitives.Add(row, source, row);
            return;
        }
        for (int i = 0; i < source.Length; i++)
        {
            target[start + (i * step)] += source[i];
        }
    }
}
