using Depth3D.Cli;

return await CommandLine.InvokeAsync(args).ConfigureAwait(false);
