namespace Pyrite.Kernels.Emit;

/// <summary>Runs the operations of a program that have no code of their own.</summary>
internal interface IOperationRunner
{
    /// <summary>Runs one, by its number.</summary>
    void RunOther(int number);
}
