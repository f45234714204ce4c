using Pyrite.Programs;

namespace Pyrite.Kernels.Flat;

/// <summary>Compiled code of a recorded function.</summary>
/// <param name="owner">Who runs the operations that have no code of their own.</param>
/// <param name="block">The address of its memory.</param>
internal delegate void ReplayRoutine(ReplayedFunction owner, nint block);
