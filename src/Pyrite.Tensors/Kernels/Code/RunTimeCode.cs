using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Code;

/// <summary>Whether kernels can be compiled while the program runs.</summary>
/// <remarks>
/// A program of one file (<c>dotnet run my.cs</c>) is built as if it were to become native code, unless it says <c>#:property PublishAot=false</c>.
/// Its settings then tell .NET's own libraries to do without run-time code although the just-in-time compiler is there, and training takes three to
/// five times as long. So the switch is turned on as soon as this assembly is loaded; native code does not look at it. Where something read it
/// before, a line on standard error says what to do. A native executable says once that it does without, unless its project sets
/// PyriteNativeCodeNote to false.
/// </remarks>
internal static class RunTimeCode
{
    private const string Note = "Pyrite.NativeCodeNote";
    private const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    private const string UnusedVectors =
        "It was built for any processor and leaves this one's AVX2 unused: set <IlcInstructionSet>x86-64-v3</IlcInstructionSet>, or native for this "
            + "machine alone. ";

    /// <summary>Whether methods can be emitted and compiled.</summary>
    public static bool IsAvailable => RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>Whether the processor has AVX2 and this program, which was compiled ahead, does without.</summary>
    private static bool HasUnusedVectors => X86Base.IsSupported && !Avx2.IsSupported && (X86Base.CpuId(7, 0).Ebx & (1 << 5)) != 0;

    /// <summary>What a program is told that has no run-time code, or null where it has, or does not want to be told.</summary>
    /// <param name="isAvailable">Whether methods can be emitted and compiled.</param>
    /// <param name="hasCompiler">Whether the just-in-time compiler is there, as it is in all but native executables.</param>
    /// <param name="isNoteWanted">Whether a native executable is to say what it does without.</param>
    /// <param name="hasUnusedVectors">Whether the processor has wider vectors than the executable was built for.</param>
    public static string? Remedy(bool isAvailable, bool hasCompiler, bool isNoteWanted = true, bool hasUnusedVectors = false) =>
        (isAvailable, hasCompiler) switch
        {
            (false, true) =>
                "Pyrite: run-time code is switched off in this program, so training and sampling take 3 to 5 times as long. Add the line "
                    + "\"#:property PublishAot=false\" at the top of the script, or <PublishAot>false</PublishAot> to its project.",
            (false, false) when isNoteWanted =>
                "Pyrite: this is native code, which cannot be compiled for the model while it runs, so training and sampling take longer. "
                    + (hasUnusedVectors ? UnusedVectors : "")
                    + "Publish with <PublishAot>false</PublishAot> for full speed, or set <PyriteNativeCodeNote>false</PyriteNativeCodeNote> to "
                    + "leave out this line.",
            _ => null,
        };

#pragma warning disable CA2255 // The switch must be on before .NET reads it, which it does once.
    [ModuleInitializer]
    internal static void Allow()
    {
        AppContext.SetSwitch(Switch, true);
        bool isNoteWanted = !AppContext.TryGetSwitch(Note, out bool value) || value;
        if (Remedy(IsAvailable, hasCompiler: JitInfo.GetCompiledMethodCount() > 0, isNoteWanted, HasUnusedVectors) is { } remedy)
        {
            Console.Error.WriteLine(remedy);
        }
    }
#pragma warning restore CA2255
}
