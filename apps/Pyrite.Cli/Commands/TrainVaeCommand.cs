using System.CommandLine;
using System.Globalization;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Commands;

/// <summary><c>pyrite train vae</c>: trains the convolutional autoencoder on MNIST and leaves weights, pictures and a record of the run.</summary>
internal static class TrainVaeCommand
{
    public static Command Create(Terminal terminal, CancellationToken interruption)
    {
        Option<int> epochs = NumberOption.Integer("--epochs", "How often to go through the training images.", 10, least: 1);
        Option<int> batchSize = NumberOption.Integer("--batch-size", "Images in a step.", 128, least: 1);
        Option<double> learningRate = NumberOption.Positive("--learning-rate", "Adam's learning rate.", 1e-3);
        Option<int> seed = NumberOption.Integer("--seed", "The same seed gives the same weights.", 0, least: 0);
        Option<int> threads = NumberOption.Integer("--threads", "Threads of the engine.", Environment.ProcessorCount, least: 1);
        Option<string?> data = DataFolder.Option();
        Option<string> output = new("--output") { Description = "Folder to write to.", DefaultValueFactory = _ => Path.Combine("runs", "vae") };
        Option<int> batchesPerEpoch = NumberOption.Integer("--batches-per-epoch", "Stops each epoch early, to try things out.", 0, least: 1);
        batchesPerEpoch.Hidden = true;
        Option<bool> report = new("--report") { Description = "Write one HTML page of the run: losses, pictures, settings, the model." };

        Command command =
            new("vae", "Train the variational autoencoder of the README on MNIST.") { epochs, batchSize, learningRate, seed, threads, data, output,
                report, batchesPerEpoch };
        command.SetAction(parsed =>
        {
            TrainingSettings settings = new(
                parsed.GetValue(epochs),
                parsed.GetValue(batchSize),
                parsed.GetValue(learningRate),
                parsed.GetValue(seed),
                parsed.GetValue(threads),
                parsed.GetValue(data),
                parsed.GetValue(output)!,
                parsed.GetValue(batchesPerEpoch) is > 0 and int batches ? batches : null,
                parsed.GetValue(report));
            return Run(settings, terminal, interruption);
        });
        return command;
    }

    private static int Run(TrainingSettings settings, Terminal terminal, CancellationToken interruption)
    {
        // Read once, when the engine starts its threads; nothing has used the engine yet.
        Environment.SetEnvironmentVariable("PYRITE_THREADS", settings.Threads.ToString(CultureInfo.InvariantCulture));
        Mnist mnist = DataFolder.Load(settings.Data);
        OutputFolder folder = OutputFolder.Prepare(settings.Output);
        DateTimeOffset started = DateTimeOffset.UtcNow;

        using RunEvents events = new(folder);
        VaeTraining training = new(settings, mnist);
        ITrainingDisplay display = terminal.IsInteractive ? new ScreenDisplay(settings.Epochs, terminal.Output) : new PlainDisplay(terminal.Output);
        IReadOnlyList<EpochResult> epochs = display.Around(() => training.Run(display, events, interruption));

        bool interrupted = interruption.IsCancellationRequested;
        if (interrupted)
        {
            terminal.Output.WriteLine("Interrupted: the batch is finished, saving what was learned so far.");
        }

        training.Save(folder,
            RunRecord.Of(settings, started, interrupted, training.Vae.Parameters.Sum(parameter => (int)parameter.Shape.Count), epochs));
        folder.RequireSaved();
        terminal.Output.WriteLine($"Saved: weights, pictures{(settings.WithReport ? ", report.html" : "")} and run.json are in {settings.Output}");
        return interrupted ? ExitCode.Interrupted : ExitCode.Success;
    }
}
