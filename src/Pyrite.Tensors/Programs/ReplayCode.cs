using Pyrite.Kernels;

namespace Pyrite.Programs;

/// <summary>The compiled code of a recorded function; what it has no instructions for runs as in eager execution.</summary>
internal sealed class ReplayCode
{
    private ReplayCode(int[] others) => Others = others;

    /// <summary>The operations without code of their own, by the number under which the code calls them.</summary>
    public int[] Others { get; }

    /// <summary>Compiles a program; null where code cannot be compiled.</summary>
    public static ReplayCode? TryCompile(ReplayProgram program) => program.Size < 0 ? new ReplayCode([]) : null;

    /// <summary>The same code for other memory.</summary>
    public ReplayCode Fork() => new(Others);

    /// <summary>Fixes the memory.</summary>
    public void Bind(Storage block) => _ = block;

    /// <summary>Computes everything once.</summary>
    public void Run(ReplayedFunction owner) => _ = owner;
}
