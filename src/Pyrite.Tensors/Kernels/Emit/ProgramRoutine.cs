namespace Pyrite.Kernels.Emit;

/// <summary>Compiled code of a program.</summary>
/// <param name="owner">Who runs the operations that have no code of their own.</param>
/// <param name="block">The address of its memory.</param>
/// <param name="given">The table of the addresses of given tensors; 0 where there are none.</param>
internal delegate void ProgramRoutine(IOperationRunner owner, nint block, nint given);
