using System.CommandLine;
using Pyrite.Cli.Pictures;
using Pyrite.Cli.Sharing;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Commands;

/// <summary><c>pyrite vae draw</c>: the pictures of a training run again, from saved weights, PyTorch's included.</summary>
internal static class DrawVaeCommand
{
    public static Command Create(Terminal terminal, Ranks ranks)
    {
        Option<string> weights = new("--weights") { Description = "A safetensors file with the weights under PyTorch's names.", Required = true };
        Option<string?> data = DataFolder.Option();
        Option<string?> output = new("--output") { Description = "Folder to write to; without it, the folder of the weights." };

        Command command = new("draw", "Draw the latent grid, reconstructions and latent means from saved weights.") { weights, data, output };
        command.SetAction(parsed =>
        {
            ranks.RequireOne("pyrite vae draw");
            return Run(parsed.GetRequiredValue(weights), parsed.GetValue(data), parsed.GetValue(output), terminal);
        });
        return command;
    }

    private static int Run(string weights, string? data, string? output, Terminal terminal)
    {
        Vae vae = VaeWeights.Load(weights);
        Mnist mnist = DataFolder.Load(data);
        OutputFolder folder = OutputFolder.Prepare(output ?? Path.GetDirectoryName(Path.GetFullPath(weights))!);
        new VaePictures(vae, mnist.Test).Save(folder);
        folder.RequireSaved();
        terminal.Output.WriteLine(
            $"Drawn: {VaePictures.LatentGridFile}, {VaePictures.ReconstructionsFile} and {VaePictures.LatentMeansFile} are in {folder.Path}");
        return ExitCode.Success;
    }
}
