namespace Pyrite.Functions;

/// <summary>An axis cut into stretches of given lengths.</summary>
internal static class AxisStretches
{
    /// <summary>The stretches of a tensor.</summary>
    /// <exception cref="ArgumentException">The axis has another length.</exception>
    public static Tensor[] Cut(Tensor x, int[] lengths, int axis)
    {
        if (x.Rank < -axis || x.Shape[^-axis] != lengths.Sum())
        {
            throw new ArgumentException($"A joined transform or constraint needs {lengths.Sum()} entries along axis {axis}; found shape {x.Shape}.",
                nameof(x));
        }
        Tensor[] stretches = new Tensor[lengths.Length];
        int start = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            stretches[i] = x.Slice(axis, start, lengths[i]);
            start += lengths[i];
        }
        return stretches;
    }

    /// <summary>The mask of each stretch, where the axis is one of independent entries; elsewhere it is the same for all.</summary>
    /// <param name="mask">Bool; null where everything counts.</param>
    /// <param name="lengths">How long each stretch is.</param>
    /// <param name="axis">The axis among those of the mask: -1 is the last; zero or more where it is one of a value.</param>
    public static IEnumerable<Tensor?> CutMask(Tensor? mask, int[] lengths, int axis) =>
        mask is not null && axis < 0 && mask.Rank >= -axis && mask.Shape[^-axis] > 1
            ? Cut(mask, lengths, axis)
            : Enumerable.Repeat(mask, lengths.Length);
}
