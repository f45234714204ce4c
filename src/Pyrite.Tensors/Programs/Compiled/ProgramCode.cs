using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>The compiled code of a recorded function; what it has no instructions for runs as in eager execution.</summary>
internal sealed class ProgramCode
{
    private const int MostSteps = 200_000;

    private readonly ProgramRoutine routine;
    private readonly ProgramConstants constants;

    private ProgramCode(ProgramRoutine routine, int[] others, int[] verdicts, ProgramConstants constants)
    {
        this.routine = routine;
        Others = others;
        Verdicts = verdicts;
        this.constants = constants;
    }

    /// <summary>Whether code can be compiled.</summary>
    public static bool IsAvailable => VectorCode.IsAvailable;

    /// <summary>The operations without code of their own, by the number under which the code calls them.</summary>
    public int[] Others { get; }

    /// <summary>The verdicts of checks, each once.</summary>
    public int[] Verdicts { get; }

    /// <summary>Compiles a program; null where it is too long or code cannot be compiled.</summary>
    /// <param name="program">The program.</param>
    /// <param name="rounds">Writes the loop around it, where it runs for every round of a scan; null where it runs once.</param>
    public static ProgramCode? TryCompile(RecordedProgram program, RoundLoop? rounds = null)
    {
        if (!IsAvailable || program.Steps.Length > MostSteps)
        {
            return null;
        }
        if (!program.KeepsBits)
        {
            Unrolling.Run(program);
        }
        ProgramCompiler compiler = new(program);
        ProgramRoutine routine = compiler.Compile(rounds);
        return new ProgramCode(routine, [.. compiler.Others], compiler.Verdicts, program.Constants);
    }

    /// <summary>Computes everything once.</summary>
    /// <param name="owner">Runs the operations without code.</param>
    /// <param name="block">The address of the memory.</param>
    /// <param name="given">The addresses of given tensors.</param>
    public void Run(IOperationRunner owner, nint block, nint[] given)
    {
        EmittedCalls.Run(routine, owner, block, given);
        GC.KeepAlive(constants);
    }
}
