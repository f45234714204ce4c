namespace Pyrite.Engine;

/// <summary>An operation that treats every entry of the first axis on its own, so that it can run on a stretch of a batch.</summary>
internal interface IBatchOperation<TSelf> : IOperation
    where TSelf : struct, IOperation
{
    /// <summary>The same operation for a batch of another size; null where its attributes tie the entries together.</summary>
    TSelf? ForBatch(int count, int batch);
}
