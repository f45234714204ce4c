using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Lifting;

/// <summary>Knows the numbers behind lifted tensors, and computes with them.</summary>
/// <remarks>A lifted tensor is a result of this recorder, so that whoever reads one comes here.</remarks>
internal sealed class LiftingRecorder : ILifting, IStepRecorder
{
    /// <summary>The most numbers behind one tensor.</summary>
    private const double MostNumbers = 1 << 25;

    private readonly List<LiftedValue> values = [];
    private readonly Dictionary<LiftedCall, Tensor> known = [];
    private bool isOpen = true;

    int IStepRecorder.StepNumber => isOpen ? 1 : 2;

    int IStepRecorder.Thread { get; } = Environment.CurrentManagedThreadId;

    bool IStepRecorder.IsExecuting => false;

    bool IStepRecorder.KeepsOutsideTensors => false;

    IStepGradients IStepRecorder.Gradients => throw new InvalidOperationException(
        "A gradient was asked for through a tensor that stands for all values of an enumerated site. Ask for gradients of the objective.");

    /// <summary>A tensor that stands for the numbers.</summary>
    public Tensor Show(LiftedValue value, in TensorSpec spec)
    {
        values.Add(value);
        Tensor shown = Tensor.Recorded(spec, this, values.Count - 1);
        if (value.Numbers.RequiresGradient)
        {
            shown.Track(values.Count - 1);
        }
        return shown;
    }

    /// <summary>The numbers behind a tensor; null for one that is not lifted.</summary>
    public LiftedValue? Find(Tensor tensor)
    {
        if (!ReferenceEquals(tensor.Recorder, this))
        {
            return null;
        }
        LiftedValue value = values[tensor.RecordedIndex];
        return tensor.RequiresGradient || !value.Numbers.RequiresGradient ? value : value with { Numbers = value.Numbers.Detach() };
    }

    public Tensor? Apply<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        if (!IsLifted(inputs))
        {
            return null;
        }
        if (operation is LayoutOperation)
        {
            // Numbers are kept in one order; the history is taken over by the caller.
            return Tensor.Recorded(spec, this, inputs[0].RecordedIndex);
        }
        LiftedValue?[] found = new LiftedValue?[inputs.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = Find(inputs[i]);
        }
        if (LiftedRules.IsVerdict(operation))
        {
            return Executor.Apply(operation, spec, found[0]!.Numbers);
        }
        MixedRows? mixed = Array.Find(found, value => value?.Mixed is not null)?.Mixed;
        RowMap? rows = Separate(operation, spec, inputs, found, ref mixed);
        HiddenAxis[] axes = LiftedValue.Union(found);
        double count = spec.Shape.Count;
        foreach (HiddenAxis axis in axes)
        {
            count *= axis.Size;
        }
        if (count > MostNumbers)
        {
            throw new LiftedSizeException(operation.Name, count, axes);
        }
        LiftedCall? call = LiftedCall.Of(operation, spec, inputs, found);
        if (call is null || !known.TryGetValue(call.Value, out Tensor? numbers))
        {
            numbers = LiftedRules.Of(operation, spec, inputs, found, axes) ?? LiftedSlices.Of(operation, spec, inputs, found, axes, isAlias);
            if (call is not null)
            {
                known[call.Value] = numbers;
            }
        }
        return Show(new LiftedValue(numbers, axes, rows, mixed), spec);
    }

    public OperationDoor<TOperation> DoorOf<TOperation>()
        where TOperation : struct, IOperation => throw new InvalidOperationException("Lifted tensors have no door of their own.");

    public IPassMemory? PassMemory => null;

    public void NoteRead(Tensor tensor) => throw new LiftedReadException(tensor.Shape, values[tensor.RecordedIndex].Axes);

    /// <summary>Ends the life of all lifted tensors.</summary>
    public void Close()
    {
        isOpen = false;
        values.Clear();
        known.Clear();
    }

    private bool IsLifted(ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (ReferenceEquals(input.Recorder, this))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The places of rows in the result; rows that meet get axes of their own first.</summary>
    private static RowMap? Separate<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] found,
        ref MixedRows? mixed)
        where TOperation : struct, IOperation
    {
        if (!RowRules.Concern(found))
        {
            return null;
        }
        while (true)
        {
            RowRules rules = new(spec, inputs, found);
            RowMap? rows = rules.Of(operation);
            if (rules.Broken.Count == 0)
            {
                return rows;
            }
            foreach (RowMark mark in rules.Broken)
            {
                for (int i = 0; i < found.Length; i++)
                {
                    if (found[i] is not { Rows: { } map } value || !map.Marks.Contains(mark))
                    {
                        continue;
                    }
                    LiftedValue? apart = mixed is null ? RowsApart.TryOf(value, inputs[i].Shape, mark) : null;
                    mixed ??= apart is null ? new MixedRows(mark.Axis, mark.Plate, operation.Name) : null;
                    found[i] = apart ?? value with { Rows = map.Without(mark) };
                }
            }
        }
    }
}
