using System.CommandLine;
using Pyrite.Cli.Sharing;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Commands;

/// <summary><c>pyrite train vae</c>: trains the convolutional autoencoder on MNIST and leaves weights, pictures and a record of the run.</summary>
internal static class TrainVaeCommand
{
    public static Command Create(Terminal terminal, Ranks ranks)
    {
        Option<int> epochs = NumberOption.Integer("--epochs", "How often to go through the training images.", 10, least: 1);
        Option<int> batchSize = NumberOption.Integer("--batch-size", "Images in a step.", 128, least: 1);
        Option<double> learningRate = NumberOption.Positive("--learning-rate", "Adam's learning rate.", 1e-3);
        Option<int> seed = NumberOption.Integer("--seed", "The same seed gives the same weights.", 0, least: 0);
        Option<int?> threads = NumberOption.Threads("weights"), shards = NumberOption.Shards();
        Option<bool> resume = new("--resume")
        {
            Description = "Write a checkpoint after each epoch and when the run is stopped, and go on from the one in the folder; start anew where "
                + "there is none. The number of processes may be another.",
        };
        Option<string?> data = DataFolder.Option();
        Option<string> output = new("--output") { Description = "Folder to write to.", DefaultValueFactory = _ => Path.Combine("runs", "vae") };
        Option<int> batchesPerEpoch = NumberOption.Integer("--batches-per-epoch", "Stops each epoch early, to try things out.", 0, least: 1);
        batchesPerEpoch.Hidden = true;
        Option<bool> report = new("--report") { Description = "Write one HTML page of the run: losses, pictures, settings, the model." };

        Command command =
            new("vae", "Train the variational autoencoder of the README on MNIST.") { epochs, batchSize, learningRate, seed, threads, shards, resume,
                data, output, report, batchesPerEpoch };
        command.SetAction(parsed =>
        {
            TrainingSettings settings = new(
                parsed.GetValue(epochs),
                parsed.GetValue(batchSize),
                parsed.GetValue(learningRate),
                parsed.GetValue(seed),
                EngineThreads.Choose(parsed.GetValue(threads)),
                parsed.GetValue(data),
                parsed.GetValue(output)!,
                parsed.GetValue(batchesPerEpoch) is > 0 and int batches ? batches : null,
                parsed.GetValue(report),
                parsed.GetValue(shards),
                parsed.GetValue(resume));
            return Run(settings, terminal, ranks);
        });
        return command;
    }

    private static int Run(TrainingSettings settings, Terminal terminal, Ranks ranks)
    {
        ShardChoice.Require(settings, ranks.Count);
        (Mnist mnist, OutputFolder? folder, TrainingProgress? before) = ranks.Agree(() =>
        {
            Mnist data = DataFolder.Load(settings.Data);
            ShardChoice.RequireLastBatch(settings, data.Train.Count);
            OutputFolder? prepared = ranks.IsFirst ? OutputFolder.Prepare(settings.Output) : null;
            return (data, prepared, settings.Resume ? Checkpoint.Find(settings) : null);
        }, "data, folder and checkpoint");
        DateTimeOffset started = DateTimeOffset.UtcNow;

        using RunEvents? events = folder is null ? null : new(folder);
        VaeTraining training = new(settings, mnist, ranks, settings.Resume ? folder : null);
        if (settings.Resume)
        {
            terminal.Output.WriteLine(training.Resume(before));
        }
        ITrainingDisplay display = terminal.IsInteractive ? new ScreenDisplay(settings.Epochs, terminal.Output) : new PlainDisplay(terminal.Output);
        IReadOnlyList<EpochResult> epochs = display.Around(() => training.Run(display, events));

        bool interrupted = training.IsInterrupted;
        if (interrupted)
        {
            terminal.Output.WriteLine("Interrupted: the batch is finished, saving what was learned so far.");
            terminal.Output.Flush();
        }
        if (folder is not null)
        {
            training.Save(folder,
                RunRecord.Of(settings, started, interrupted, training.Vae.Parameters.Sum(parameter => (int)parameter.Shape.Count), epochs));
            folder.RequireSaved();
            terminal.Output.WriteLine(
                $"Saved: weights, pictures{(settings.WithReport ? ", report.html" : "")} and run.json are in {settings.Output}");
        }
        return !interrupted ? ExitCode.Success : settings.Resume && ranks.IsToGoOnLater() ? ExitCode.GoOnLater : ExitCode.Interrupted;
    }
}
