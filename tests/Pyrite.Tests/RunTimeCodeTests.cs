using System.Diagnostics;
using Pyrite.Kernels.Code;

namespace Pyrite.Tests;

/// <summary>Scripts of one file are built without run-time code; they get it all the same, or are told how.</summary>
public sealed class RunTimeCodeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-code-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_program_built_as_scripts_are_compiles_its_kernels()
    {
        (string output, string error) = Run("late");
        Assert.Equal("False True", output);
        Assert.Empty(error);
    }

    [Fact]
    public void A_program_that_asked_before_keeps_its_setting_and_there_is_a_remedy_to_tell()
    {
        Assert.Equal("False False", Run("early").Output);
        Assert.Contains("#:property PublishAot=false", RunTimeCode.Remedy(isAvailable: false, hasCompiler: true));
    }

    [Fact]
    public void A_native_executable_says_that_it_does_without_and_how_to_silence_it()
    {
        string note = RunTimeCode.Remedy(isAvailable: false, hasCompiler: false)!;
        Assert.DoesNotContain('\n', note);
        Assert.Contains("<PublishAot>false</PublishAot>", note);
        Assert.Contains("<PyriteNativeCodeNote>false</PyriteNativeCodeNote>", note);
        Assert.DoesNotContain("IlcInstructionSet", note);
        Assert.Null(RunTimeCode.Remedy(isAvailable: false, hasCompiler: false, isNoteWanted: false));
    }

    [Fact]
    public void A_native_executable_for_any_processor_says_how_to_use_this_one()
    {
        string note = RunTimeCode.Remedy(isAvailable: false, hasCompiler: false, hasUnusedVectors: true)!;
        Assert.DoesNotContain('\n', note);
        Assert.Contains("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>", note);
    }

    [Fact]
    public void Nothing_is_said_where_code_is_compiled() => Assert.Null(RunTimeCode.Remedy(isAvailable: true, hasCompiler: true));

    /// <summary>Runs a program with the setting that <c>dotnet run my.cs</c> writes.</summary>
    private (string Output, string Error) Run(string argument)
    {
        string program = typeof(KilledRuns).Assembly.Location, settings = Path.Combine(folder, "script.runtimeconfig.json");
        File.WriteAllText(settings, File.ReadAllText(Path.ChangeExtension(program, ".runtimeconfig.json"))
            .Replace("\"configProperties\": {",
                "\"configProperties\": {\n\"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported\": false,",
                StringComparison.Ordinal));
        ProcessStartInfo start =
            new(Environment.ProcessPath!,
                ["exec", "--runtimeconfig", settings, "--depsfile", Path.ChangeExtension(program, ".deps.json"), program, "code", argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output.Trim(), error.GetAwaiter().GetResult().Trim());
    }
}
