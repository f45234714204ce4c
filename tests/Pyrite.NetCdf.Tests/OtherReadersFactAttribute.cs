using System.Diagnostics;

namespace Pyrite.NetCdf.Tests;

/// <summary>A test that lets other programs read files, skipped with a reason where they are not here.</summary>
public sealed class OtherReadersFactAttribute : FactAttribute
{
    /// <summary>Debian's packages belong to its own Python, which may stand behind another one.</summary>
    internal static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static readonly Lazy<string?> Reason = new(FindReason);

    public OtherReadersFactAttribute() => Skip = Reason.Value;

    /// <summary>What a program printed, or said is wrong.</summary>
    internal static (int Code, string Output, string Errors) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static string? FindReason()
    {
        try
        {
            return Run(Python, "-c", "import netCDF4, xarray").Code != 0 ? "Python is here, but without python3-netcdf4 and python3-xarray (Debian)."
                : Run("ncdump").Output.Length + Run("ncdump").Errors.Length > 0 ? null
                : "ncdump says nothing.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Python or ncdump is not here (Debian: python3-netcdf4, python3-xarray, netcdf-bin).";
        }
    }
}
