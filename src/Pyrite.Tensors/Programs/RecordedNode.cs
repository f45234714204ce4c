using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Programs;

/// <summary>One operation of a recorded step: what it computes, and from which results and outside tensors.</summary>
/// <remarks>An input of 0 or more is the result of the node of that number; a negative one is the outside tensor in slot -1 - input.</remarks>
internal abstract class RecordedNode(TensorSpec spec, int[] inputs, GradientTarget[]? targets, bool isAlias)
{
    private List<LiteralWatch>? watches;

    /// <summary>What the result looks like.</summary>
    public TensorSpec Spec { get; } = spec;

    /// <summary>Where the inputs come from.</summary>
    public int[] Inputs { get; } = inputs;

    /// <summary>For each input where its gradient goes: to the result of a node (see <see cref="GradientTarget"/>); null where the result is not
    /// tracked.</summary>
    public GradientTarget[]? Targets { get; } = targets;

    /// <summary>Whether the result shares the memory of its input.</summary>
    public bool IsAlias { get; } = isAlias;

    /// <summary>The call that this operation is part of, for streams in which the whole of it stands; null for none.</summary>
    public RecordedCall? Call { get; set; }

    /// <summary>Whether the number of the operation has changed between steps: code must not take it for a constant.</summary>
    public bool IsVarying { get; private set; }

    /// <summary>Which of the step's runs the operation was issued in; see <see cref="StepRun"/>.</summary>
    public StepRun Run { get; } = StepRun.Current;

    /// <summary>The operation's name.</summary>
    public abstract string Name { get; }

    /// <summary>Computes the result.</summary>
    public abstract void Execute(ReadOnlySpan<Tensor> inputs, Tensor output);

    /// <summary>The operation as an object, for the planner to look at.</summary>
    public abstract object Boxed { get; }

    /// <summary>How the operation is computed in registers, element by element; null where it runs by its kernel alone.</summary>
    public abstract ElementwiseForm? Form { get; }

    /// <summary>Whether another node does the same, to whatever inputs.</summary>
    public abstract bool DoesSame(RecordedNode other);

    /// <summary>Whether another node does the same to the same inputs.</summary>
    public abstract bool IsSame(RecordedNode other);

    /// <summary>The operation for a stretch of the batch, or null where it cannot be split.</summary>
    public abstract RecordedNode? ForBatch(int count, int batch, TensorSpec spec);

    /// <summary>The same operation on other inputs.</summary>
    public abstract RecordedNode With(TensorSpec spec, int[] inputs);

    /// <summary>Issues the operation anew, on tensors that look like its inputs.</summary>
    public abstract Tensor Issue(ReadOnlySpan<Tensor> inputs);

    /// <summary>The vertex of the gradient graph that belongs to a result.</summary>
    public abstract GradientNode GradientNode(Tensor[] inputs, Tensor output);

    /// <summary>Takes over the numbers of an equal operation that may change from step to step.</summary>
    public abstract void TakeOver(RecordedNode other);

    /// <summary>Lets code know when the number of the operation changes, which it takes for a constant.</summary>
    public void Watch(LiteralWatch watch) => (watches ??= []).Add(watch);

    /// <summary>The number of the operation is another one than in earlier steps.</summary>
    protected void Vary()
    {
        if (IsVarying)
        {
            return;
        }
        IsVarying = true;
        watches?.ForEach(watch => watch.IsOutdated = true);
        watches = null;
    }

    /// <summary>The numbers of the operation may be others from now on.</summary>
    protected void OutdateCall()
    {
        if (Call is { } call)
        {
            call.IsCurrent = false;
        }
    }
}
