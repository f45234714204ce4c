using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Lifting;

/// <summary>The rule for all operations: once for each value, and the results side by side.</summary>
internal static class LiftedSlices
{
    private const int MostRuns = 1 << 14;

    /// <summary>The numbers of the result.</summary>
    /// <exception cref="InvalidOperationException">There are too many values.</exception>
    public static Tensor Of<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values,
        HiddenAxis[] axes, bool isAlias)
        where TOperation : struct, IOperation
    {
        Shape hidden = LiftedValue.HiddenShapeOf(axes);
        if (hidden.Count > MostRuns)
        {
            throw new InvalidOperationException(
                $"{operation.Name} has to run once for each of the {hidden.Count} joint values of "
                    + $"{string.Join(", ", axes.Select(axis => axis.ToString()))}, "
                    + $"more than {MostRuns}. Let it depend on fewer enumerated sites, or sum them out by hand.");
        }
        int count = (int)hidden.Count;
        Tensor[][] slices = new Tensor[inputs.Length][];
        for (int i = 0; i < slices.Length; i++)
        {
            slices[i] = Slices(inputs[i], values[i], axes, count);
        }
        Tensor[] results = new Tensor[count];
        Tensor[] arguments = new Tensor[inputs.Length];
        for (int run = 0; run < count; run++)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                arguments[i] = slices[i][run];
            }
            results[run] = Executor.ApplyAgain(operation, spec, arguments, isAlias).In(Layout.RowMajor);
        }
        return Tensor.Stack(results).Reshape(hidden + spec.Shape);
    }

    private static Tensor[] Slices(Tensor input, LiftedValue? value, HiddenAxis[] axes, int count)
    {
        Tensor[] slices = new Tensor[count];
        if (value is null)
        {
            Array.Fill(slices, input);
            return slices;
        }
        Shape own = value.HiddenShape;
        Tensor[] parts = new Tensor[own.Count];
        Tensor full = value.Full(input.Shape).Reshape([parts.Length, .. input.Shape]);
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = full[i].In(input.Layout);
        }
        for (int run = 0; run < count; run++)
        {
            int place = 0, rest = run, factor = 1;
            for (int axis = axes.Length - 1; axis >= 0; axis--)
            {
                (rest, int digit) = Math.DivRem(rest, axes[axis].Size);
                if (Array.IndexOf(value.Axes, axes[axis]) >= 0)
                {
                    place += digit * factor;
                    factor *= axes[axis].Size;
                }
            }
            slices[run] = parts[place];
        }
        return slices;
    }
}
