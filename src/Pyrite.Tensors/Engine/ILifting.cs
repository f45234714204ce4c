namespace Pyrite.Engine;

/// <summary>Takes in operations some of whose inputs stand for many tensors at once, along axes that their shapes do not show.</summary>
internal interface ILifting
{
    /// <summary>The result of an operation, lifted as well; null where none of the inputs is.</summary>
    Tensor? Apply<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation;
}
