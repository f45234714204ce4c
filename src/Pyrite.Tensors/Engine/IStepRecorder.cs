namespace Pyrite.Engine;

/// <summary>What watches the operations of one step, as far as tensors, operations and gradients need to know: it may hand out results before they
/// are computed, and computes them when somebody reads.</summary>
/// <remarks>The engine knows no recorded programs; those know the engine. <see cref="StepScope"/> puts both together.</remarks>
internal interface IStepRecorder
{
    /// <summary>Tells one step from the next.</summary>
    int StepNumber { get; }

    /// <summary>The number of the thread of the step.</summary>
    int Thread { get; }

    /// <summary>Whether kernels are running, whose reads are not the user's.</summary>
    bool IsExecuting { get; }

    /// <summary>Whether the operations are recorded for a function that keeps the tensors from outside of the step, so that their numbers may be
    /// looked at.</summary>
    bool KeepsOutsideTensors { get; }

    /// <summary>The gradient graph of the step, and its calls for gradients.</summary>
    IStepGradients Gradients { get; }

    /// <summary>How operations of one type are taken in; asked for once for each type (see <see cref="OperationDoor{TOperation}"/>).</summary>
    OperationDoor<TOperation> DoorOf<TOperation>()
        where TOperation : struct, IOperation;

    /// <summary>What backward passes may give back; null where nothing is made.</summary>
    IPassMemory? PassMemory { get; }

    /// <summary>A tensor of this step is about to be read by the user: afterwards it has its memory.</summary>
    void NoteRead(Tensor tensor);
}
