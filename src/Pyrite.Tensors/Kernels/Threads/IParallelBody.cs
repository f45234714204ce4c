namespace Pyrite.Kernels.Threads;

/// <summary>The body of a parallel loop, a struct so that the loop neither allocates nor calls virtually.</summary>
internal interface IParallelBody
{
    /// <summary>Does the work of one index; indices may run in any order and at once.</summary>
    void Run(int index);
}
