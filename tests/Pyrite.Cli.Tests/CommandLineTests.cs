namespace Pyrite.Cli.Tests;

/// <summary>What a user sees who asks for something that cannot be done: one line, exit code 2.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--epochs", "0", "--epochs takes a whole number of at least 1; found \"0\".")]
    [InlineData("--epochs", "many", "--epochs takes a whole number of at least 1; found \"many\".")]
    [InlineData("--batch-size", "-3", "--batch-size takes a whole number of at least 1; found \"-3\".")]
    [InlineData("--learning-rate", "0", "--learning-rate takes a number greater than 0; found \"0\".")]
    [InlineData("--learning-rate", "NaN", "--learning-rate takes a number greater than 0; found \"NaN\".")]
    [InlineData("--seed", "-1", "--seed takes a whole number of at least 0; found \"-1\".")]
    [InlineData("--threads", "0", "--threads takes a whole number of at least 1; found \"0\".")]
    public void A_bad_number_gives_one_line_and_exit_code_2(string option, string value, string expected)
    {
        CommandRun run = CommandRun.Of("train", "vae", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(expected + "\n", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_unknown_option_gives_one_line_and_exit_code_2()
    {
        CommandRun run = CommandRun.Of("train", "vae", "--epoch", "3");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--epoch", Assert.Single(run.ErrorLines));
    }

    [Theory]
    [InlineData("There is no command \"nope\"; there are train, vae, sample, explore. See pyrite --help.", "nope")]
    [InlineData("There is no command \"smaple\" (near: sample); there are train, vae, sample, explore. See pyrite --help.", "smaple",
        "eight-schools")]
    [InlineData("There is no command \"train vea\" (near: vae); there are train vae. See pyrite train --help.", "train", "vea")]
    [InlineData("There is no command \"train nothing\"; there are train vae. See pyrite train --help.", "train", "nothing")]
    [InlineData("pyrite needs a command; there are train, vae, sample, explore. See pyrite --help.")]
    [InlineData("pyrite vae needs a command; there are vae draw. See pyrite vae --help.", "vae")]
    [InlineData("The command sample does not take \"extra\". See pyrite sample --help.", "sample", "eight-schools", "extra")]
    public void An_unknown_word_is_named_with_the_nearest_and_the_commands_that_there_are(string expected, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);

        Assert.Equal((2, expected + "\n", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Theory]
    [InlineData("There is no option \"--epoch\" (near: --epochs) of train vae; there are --epochs, ", "train", "vae", "--epoch", "3")]
    [InlineData("There is no option \"--chain\" (near: --chains) of sample; there are --chains, ", "sample", "eight-schools", "--chain=2")]
    [InlineData("There is no option \"--vresion\" (near: --version); there are ", "--vresion")]
    public void An_unknown_option_is_named_with_the_nearest(string expected, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(expected, Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void A_missing_command_gives_one_line_and_exit_code_2()
    {
        CommandRun run = CommandRun.Of("train");

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.ErrorLines);
    }

    [Fact]
    public void A_folder_without_data_gives_one_line_and_exit_code_2()
    {
        using TemporaryFolder folder = new();

        CommandRun run = CommandRun.Of("train", "vae", "--data", folder.Path, "--output", folder.PathOf("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"Cannot read --data {folder.Path}: ", Assert.Single(run.ErrorLines));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    public void An_output_that_cannot_be_written_gives_one_line_and_exit_code_2()
    {
        using TemporaryFolder folder = new();
        TinyMnist.Write(folder.Path);
        File.WriteAllText(folder.PathOf("file"), "");

        CommandRun run = CommandRun.Of("train", "vae", "--data", folder.Path, "--output", folder.PathOf("file/out"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Cannot write to --output ", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void Weights_that_do_not_exist_give_one_line_and_exit_code_2()
    {
        using TemporaryFolder folder = new();

        CommandRun run = CommandRun.Of("vae", "draw", "--weights", folder.PathOf("none.safetensors"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Cannot read --weights ", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void Help_names_every_option_a_user_may_give()
    {
        CommandRun run = CommandRun.Of("train", "vae", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["--epochs", "--batch-size", "--learning-rate", "--seed", "--threads", "--data", "--output"],
            option => Assert.Contains(option, run.Output));
        Assert.DoesNotContain("--batches-per-epoch", run.Output);
    }
}
