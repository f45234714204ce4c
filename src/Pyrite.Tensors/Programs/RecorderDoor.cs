using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Gives operations of one type to the recorder of their step.</summary>
internal sealed class RecorderDoor<TOperation> : OperationDoor<TOperation>
    where TOperation : struct, IOperation
{
    public override Tensor Apply(IStepRecorder recorder, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
    {
        Recorder own = (Recorder)recorder;
        return own.Lifting?.Apply(operation, spec, inputs, isAlias) ?? own.Apply(operation, spec, inputs, isAlias);
    }
}
