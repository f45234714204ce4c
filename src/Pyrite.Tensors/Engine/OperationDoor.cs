namespace Pyrite.Engine;

/// <summary>How a step's recorder takes in operations of one type.</summary>
/// <remarks>A generic method of an interface is looked up at every call. This object is made once for each type of operation and kept where the
/// compiler sees its class, so that the call costs what a direct one costs.</remarks>
internal abstract class OperationDoor<TOperation>
    where TOperation : struct, IOperation
{
    /// <summary>The door of the one kind of recorder; a step is open on this thread when it is first used.</summary>
    public static readonly OperationDoor<TOperation> Instance = StepScope.Watching!.DoorOf<TOperation>();

    // Made at the first use and not before.
    static OperationDoor()
    {
    }

    /// <summary>The result of an operation: pending where the stream is known, computed where it is new.</summary>
    public abstract Tensor Apply(IStepRecorder recorder, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias);
}
