using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Text;

namespace Pyrite.Ops.Indexing;

/// <summary>Class numbers that were looked at: each is one of the classes, or is left out and becomes class 0.</summary>
/// <remarks>The check is part of the operation, so a recorded step makes it too and nothing is read for it.</remarks>
/// <param name="User">What asks, as its error begins.</param>
/// <param name="Count">How many classes there are.</param>
/// <param name="Ignored">The label that is left out; null for none.</param>
internal readonly record struct LabelOperation(string User, int Count, long? Ignored) : IOperation
{
    public string Name => "labels";

    /// <summary>The checked labels as Int64.</summary>
    /// <exception cref="ArgumentException">They are no integers.</exception>
    public static Tensor Of(string user, Tensor labels, int count, long? ignored = null) => labels.DType.IsFloatingPoint
        ? throw new ArgumentException(
            $"{user}: labels are whole numbers from 0 to {count - 1}; found {labels.DType} of shape {labels.Shape}. Convert them with "
                + "To(DType.Int64).", nameof(labels))
        : Executor.Apply(new LabelOperation(user, count, ignored), new TensorSpec(labels.Shape, DType.Int64),
            labels.To(DType.Int64).In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        ReadOnlySpan<long> labels = inputs[0].Read<long>();
        Span<long> result = output.Write<long>();
        for (int i = 0; i < result.Length; i++)
        {
            long label = labels[i];
            result[i] = (ulong)label < (ulong)Count ? label : label == Ignored ? 0 : throw Refused(label, i, inputs[0].Shape);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private ArgumentOutOfRangeException Refused(long label, int place, Shape shape)
    {
        int[] index = new int[shape.Rank];
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            (place, index[axis]) = Math.DivRem(place, shape[axis]);
        }
        string at = index.Length == 0 ? "" : $" at index [{NumberList.Text(index)}]";
        string leaveOut = Ignored is null ? "" : $", or mark entries to leave out with ignoreIndex ({Ignored})";
        return new ArgumentOutOfRangeException("labels",
            $"{User}: label {label}{at} is none of the {Count} classes, which are 0 to {Count - 1}. Correct the labels{leaveOut}.");
    }
}
